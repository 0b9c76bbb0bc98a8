//! What a request brings: body, path and query, read once, refused with a name.
use crate::platform::App;
use crate::platform::language::{Phrase, keys};
use crate::platform::problem::{Kind, Problem};
use actix_web::dev::Payload;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpRequest};
use futures_util::StreamExt;
use futures_util::future::LocalBoxFuture;
use serde::de::DeserializeOwned;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::future::{Ready, ready};

/// A JSON body, with a digest of its bytes for the idempotency key.
#[derive(Debug)]
pub struct Body<T> {
    /// What it says.
    pub value: T,
    /// SHA-256 of the bytes as sent.
    pub digest: [u8; 32],
}

impl<T: DeserializeOwned + 'static> FromRequest for Body<T> {
    type Error = Problem;
    type Future = LocalBoxFuture<'static, Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let is_json = is_json(request);
        let most = request
            .app_data::<Data<App>>()
            .map_or(65_536, |app| app.settings.limits.body_bytes);
        let payload = payload.take();
        Box::pin(async move {
            if !is_json {
                return Err((&Kind::UNSUPPORTED_MEDIA_TYPE).into());
            }
            let bytes = collect(payload, most).await?;
            Ok(Self {
                value: parse(&bytes)?,
                digest: Sha256::digest(&bytes).into(),
            })
        })
    }
}

fn is_json(request: &HttpRequest) -> bool {
    let kind = request
        .headers()
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let kind = kind
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    kind == "application/json" || kind.ends_with("+json")
}

/// Reads a body of at most `most` bytes.
pub async fn collect(mut payload: Payload, most: usize) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|_broken| Problem::from(&Kind::UNREADABLE))?;
        if bytes.len() + chunk.len() > most {
            return Err(Problem::from(&Kind::PAYLOAD_TOO_LARGE).with("max", most));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

/// Reads JSON: what cannot be read is 400, what can be but does not fit is 422 and names the field.
pub fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    let text = std::str::from_utf8(bytes).map_err(|_invalid| Problem::from(&Kind::UNREADABLE))?;
    if text.contains("\\u0000") {
        let whole: Value =
            serde_json::from_str(text).map_err(|_unread| Problem::from(&Kind::UNREADABLE))?;
        refuse_nul(&whole, "")?;
    }
    let mut reader = serde_json::Deserializer::from_str(text);
    let value = serde_path_to_error::deserialize(&mut reader).map_err(|error| misfit(&error))?;
    reader
        .end()
        .map_err(|_more| Problem::from(&Kind::UNREADABLE))?;
    Ok(value)
}

fn refuse_nul(value: &Value, field: &str) -> Result<(), Problem> {
    match value {
        Value::String(text) if text.contains('\0') => {
            Err(Problem::field(field, Phrase::new(keys::FIELD_NUL)))
        }
        Value::Array(items) => items.iter().try_for_each(|item| refuse_nul(item, field)),
        Value::Object(fields) => fields
            .iter()
            .try_for_each(|(name, value)| refuse_nul(value, name)),
        _ => Ok(()),
    }
}

fn misfit(error: &serde_path_to_error::Error<serde_json::Error>) -> Problem {
    if error.inner().is_data() {
        let (field, phrase) = explain(&error.path().to_string(), &error.inner().to_string());
        Problem::field(field, phrase)
    } else {
        (&Kind::UNREADABLE).into()
    }
}

/// Turns serde's English into a field and a phrase: a field is missing, unknown, or its value does not fit.
fn explain(path: &str, words: &str) -> (String, Phrase) {
    let named = words.split('`').nth(1).unwrap_or_default();
    let parent = path.trim_end_matches('?').trim_end_matches('.');
    let inside = |name: &str| {
        if parent.is_empty() || parent == "." {
            name.to_owned()
        } else {
            format!("{parent}.{name}")
        }
    };
    if words.starts_with("missing field") {
        (inside(named), Phrase::new(keys::FIELD_REQUIRED))
    } else if words.starts_with("unknown field") {
        // The path of an unknown field ends with its own name already.
        let field = if parent.ends_with(named) {
            parent.to_owned()
        } else {
            inside(named)
        };
        (field, Phrase::new(keys::FIELD_UNKNOWN_FIELD))
    } else {
        let field = if parent.is_empty() { "body" } else { parent };
        (field.to_owned(), Phrase::new(keys::FIELD_DOES_NOT_FIT))
    }
}

/// What a person sent from a page: the fields of its form.
#[derive(Debug, Clone)]
pub struct Form<T>(pub T);

impl<T: DeserializeOwned + 'static> FromRequest for Form<T> {
    type Error = Problem;
    type Future = LocalBoxFuture<'static, Result<Self, Problem>>;
    fn from_request(_: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let payload = payload.take();
        Box::pin(async move {
            let bytes = collect(payload, FORM_BYTES).await?;
            let text =
                String::from_utf8(bytes).map_err(|_invalid| Problem::from(&Kind::UNREADABLE))?;
            query(&text).map(Self)
        })
    }
}

/// Forms of ours are short.
const FORM_BYTES: usize = 4096;

/// What stands in the path; what cannot be an id names nothing, so it is 404.
#[derive(Debug, Clone)]
pub struct Path<T>(pub T);

impl<T: DeserializeOwned + 'static> FromRequest for Path<T> {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;
    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let parsed = actix_web::web::Path::<T>::extract(request).into_inner();
        ready(
            parsed
                .map(|path| Self(path.into_inner()))
                .map_err(|_unknown| (&Kind::NOT_FOUND).into()),
        )
    }
}

/// What stands behind the question mark.
#[derive(Debug, Clone)]
pub struct Query<T>(pub T);

impl<T: DeserializeOwned + 'static> FromRequest for Query<T> {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;
    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(query(request.query_string()).map(Self))
    }
}

fn query<T: DeserializeOwned>(text: &str) -> Result<T, Problem> {
    let has_nul = text.contains("%00");
    if has_nul {
        return Err(Problem::field("query", Phrase::new(keys::FIELD_NUL)));
    }
    percent_encoding::percent_decode_str(text)
        .decode_utf8()
        .map_err(|_invalid| Problem::from(&Kind::UNREADABLE))?;
    let reader = serde_urlencoded::Deserializer::new(form_urlencoded::parse(text.as_bytes()));
    serde_path_to_error::deserialize(reader).map_err(|error| {
        let (field, phrase) = explain(&error.path().to_string(), &error.inner().to_string());
        Problem::field(field, phrase)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only read")]
    struct Slot {
        capacity: i32,
        place: Option<String>,
    }

    fn refused(text: &[u8]) -> (u16, String) {
        let problem = parse::<Slot>(text).unwrap_err();
        (
            problem.kind().status,
            problem
                .fields()
                .first()
                .map(|f| f.field.clone())
                .unwrap_or_default(),
        )
    }

    #[test]
    fn what_cannot_be_read_is_400_and_what_does_not_fit_names_its_field() {
        assert_eq!(refused(b"{"), (400, String::new()));
        assert_eq!(refused(b"{\"capacity\": \xff}"), (400, String::new()));
        assert_eq!(refused(b"{\"capacity\": 1} x"), (400, String::new()));
        assert_eq!(refused(b"{}"), (422, "capacity".into()));
        assert_eq!(refused(b"{\"capacity\": \"1\"}"), (422, "capacity".into()));
        assert_eq!(
            refused(b"{\"capacity\": 1, \"size\": 2}"),
            (422, "size".into())
        );
        assert_eq!(
            refused(b"{\"capacity\": 1, \"place\": \"a\\u0000\"}"),
            (422, "place".into())
        );
    }

    #[test]
    fn a_backslash_before_u0000_is_text_and_no_nul() {
        assert!(parse::<Slot>(br#"{"capacity": 1, "place": "\\u0000"}"#).is_ok());
    }
}
