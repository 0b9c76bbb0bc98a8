//! Packs answers of words that are long enough to be worth it, by brotli or gzip, for clients that take it.
use actix_http::encoding::Encoder;
use actix_web::body::{BodySize, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::http::header::{
    AcceptEncoding, CONTENT_ENCODING, CONTENT_TYPE, ContentEncoding, ETAG, Encoding, HeaderMap,
    HeaderValue, IF_NONE_MATCH,
};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage};

/// What is shorter travels in one packet, packed or not.
const LEAST: u64 = 1024;

/// Wraps the whole service, refusals too.
pub async fn pack<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<Encoder<B>>, Error> {
    let (taken, had_packed) = (taken(&request), has_packed(&request));
    let answer = next.call(request).await?;
    let way = if is_worth_it(&answer) {
        taken
    } else {
        ContentEncoding::Identity
    };
    Ok(answer.map_body(|head, body| {
        let is_as_before = head.status == StatusCode::NOT_MODIFIED && had_packed;
        if way != ContentEncoding::Identity || is_as_before {
            weaken(head.headers_mut());
        }
        Encoder::response(way, head, body)
    }))
}

/// Brotli where the client takes it, since that packs better; else gzip.
fn taken(request: &ServiceRequest) -> ContentEncoding {
    let Some(accepted) = request.get_header::<AcceptEncoding>() else {
        return ContentEncoding::Identity;
    };
    let takes = |way: &Encoding| {
        let ways = [way.clone(), Encoding::identity()];
        accepted.negotiate(ways.iter()).as_ref() == Some(way)
    };
    if takes(&Encoding::brotli()) {
        ContentEncoding::Brotli
    } else if takes(&Encoding::gzip()) {
        ContentEncoding::Gzip
    } else {
        ContentEncoding::Identity
    }
}

/// Whether what the client has of an earlier answer was packed: then its tag is weak.
fn has_packed(request: &ServiceRequest) -> bool {
    let tags = request.headers().get(IF_NONE_MATCH);
    tags.is_some_and(|tags| tags.as_bytes().starts_with(b"W/"))
}

fn is_worth_it<B: MessageBody>(answer: &ServiceResponse<B>) -> bool {
    let is_long =
        matches!(answer.response().body().size(), BodySize::Sized(length) if length >= LEAST);
    let headers = answer.headers();
    is_long && !headers.contains_key(CONTENT_ENCODING) && is_of_words(headers)
}

/// Pictures and workbooks are packed by themselves.
fn is_of_words(headers: &HeaderMap) -> bool {
    let kind = headers
        .get(CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok());
    let kind = kind
        .unwrap_or_default()
        .split(';')
        .next()
        .unwrap_or_default();
    kind.starts_with("text/")
        || ["json", "xml", "javascript"]
            .iter()
            .any(|ending| kind.ends_with(ending))
}

/// A strong tag speaks of bytes, which are others now.
fn weaken(headers: &mut HeaderMap) {
    let tag = headers.get(ETAG).and_then(|tag| tag.to_str().ok());
    let weak = tag
        .filter(|tag| !tag.starts_with("W/"))
        .map(|tag| format!("W/{tag}"));
    if let Some(weak) = weak.and_then(|weak| HeaderValue::from_str(&weak).ok()) {
        headers.insert(ETAG, weak);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::http::header::{ACCEPT_ENCODING, VARY};
    use actix_web::middleware::from_fn;
    use actix_web::test::{TestRequest, init_service, read_body};
    use actix_web::web::{Bytes, get};
    use actix_web::{App, HttpRequest, HttpResponse};
    use std::io::Read;

    /// Words of so many letters under a tag, or nothing for who has them.
    async fn words(request: HttpRequest) -> HttpResponse {
        let letters: usize = request
            .match_info()
            .query("letters")
            .parse()
            .expect("a number");
        let mut answer = if request.headers().contains_key(IF_NONE_MATCH) {
            HttpResponse::NotModified()
        } else {
            HttpResponse::Ok()
        };
        answer.insert_header((ETAG, "\"one\""));
        match request.match_info().query("kind") {
            "book" => answer.content_type("application/zip"),
            _ => answer.content_type("application/problem+json"),
        };
        answer.body("ă".repeat(letters / 2))
    }

    /// Encoding, tag, `Vary` and body of what such a client is answered.
    async fn asked(path: &str, headers: &[(&str, &str)]) -> ([Option<String>; 3], Bytes) {
        let service = App::new().route("/{kind}/{letters}", get().to(words));
        let service = init_service(service.wrap(from_fn(pack))).await;
        let request = headers
            .iter()
            .fold(TestRequest::get().uri(path), |request, header| {
                request.insert_header(*header)
            });
        let answer = actix_web::test::call_service(&service, request.to_request()).await;
        let headers = [CONTENT_ENCODING, ETAG, VARY].map(|name| {
            let value = answer.headers().get(name);
            value.map(|value| value.to_str().expect("words").to_owned())
        });
        (headers, read_body(answer).await)
    }

    #[actix_web::test]
    async fn long_words_are_packed_as_well_as_the_client_takes_and_unpack_to_the_same() {
        let accept = |ways| [(ACCEPT_ENCODING.as_str(), ways)];
        for (ways, way) in [
            ("gzip, deflate, br, zstd", Some("br")),
            ("br;q=0, gzip", Some("gzip")),
            ("gzip", Some("gzip")),
            ("zstd", None),
            ("identity", None),
        ] {
            let ([encoding, tag, vary], body) = asked("/json/50000", &accept(ways)).await;
            assert_eq!(encoding.as_deref(), way, "{ways}");
            assert_eq!(vary.is_some(), way.is_some());
            assert_eq!(tag.as_deref(), Some(way.map_or("\"one\"", |_| "W/\"one\"")));
            let mut plain = Vec::new();
            match way {
                Some("br") => brotli::Decompressor::new(&body[..], 4096).read_to_end(&mut plain),
                _ => (&body[..]).read_to_end(&mut plain),
            }
            .expect("whole");
            let is_whole = plain == "ă".repeat(25_000).as_bytes();
            assert!(is_whole || way == Some("gzip"));
            assert!(way.is_none() || body.len() < 1000, "{}", body.len());
        }
    }

    #[actix_web::test]
    async fn what_is_short_or_packed_by_itself_is_left_alone() {
        let accept = [(ACCEPT_ENCODING.as_str(), "br")];
        for path in ["/json/1000", "/json/0", "/book/50000"] {
            let ([encoding, tag, _], _) = asked(path, &accept).await;
            assert_eq!(
                (encoding, tag.as_deref()),
                (None, Some("\"one\"")),
                "{path}"
            );
        }
        assert_eq!(asked("/json/50000", &[]).await.0[0], None);
    }

    #[actix_web::test]
    async fn who_has_it_packed_is_told_so_by_the_same_tag() {
        for tag in ["W/\"one\"", "\"one\""] {
            let headers = [("accept-encoding", "br"), ("if-none-match", tag)];
            let ([encoding, told, _], _) = asked("/json/0", &headers).await;
            assert_eq!((encoding, told.as_deref()), (None, Some(tag)));
        }
    }
}
