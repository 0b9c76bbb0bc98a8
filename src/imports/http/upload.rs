//! What a list comes in: JSON with a pasted text, or a file as it is.
use crate::imports::actions::{Content, Order};
use crate::imports::model::ImportKind;
use crate::platform::App;
use crate::platform::http::{Caller, Query, Role, extract};
use crate::platform::id::{DriveId, OrganisationId};
use crate::platform::language::{Phrase, keys};
use crate::platform::problem::{Kind, Problem};
use crate::platform::text::{Invalid, Line};
use actix_web::dev::Payload;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpRequest};
use futures_util::future::LocalBoxFuture;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use utoipa::{IntoParams, ToSchema};

/// A list that somebody pasted.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ImportRequest {
    /// What it tells of.
    kind: ImportKind,
    /// Whose list: for a roster or a history.
    organisation: Option<OrganisationId>,
    /// Of which drive: for results.
    drive: Option<DriveId>,
    /// What to call it.
    #[schema(max_length = 200)]
    name: Option<String>,
    /// Rows as copied from a spreadsheet or typed: parted by tabs, semicolons or commas, headings among them.
    text: String,
}

/// A spreadsheet as it is.
#[derive(ToSchema)]
#[schema(value_type = String, format = Binary)]
#[expect(dead_code, reason = "only described: the body is read as bytes")]
pub(super) struct ImportFile(Vec<u8>);

/// What a file is: said behind the question mark, because the body is the file.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct ImportFileQuery {
    /// What it tells of; needed with a file.
    kind: Option<ImportKind>,
    /// Whose list: for a roster or a history.
    organisation: Option<OrganisationId>,
    /// Of which drive: for results.
    drive: Option<DriveId>,
    /// The file's name.
    #[param(max_length = 200)]
    name: Option<String>,
}

/// A request that brings a list.
pub(super) struct Upload {
    wanted: ImportFileQuery,
    content: Content,
    /// SHA-256 of the body.
    pub(super) digest: [u8; 32],
}

impl FromRequest for Upload {
    type Error = Problem;
    type Future = LocalBoxFuture<'static, Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let media = media_of(request);
        let query = Query::<ImportFileQuery>::extract(request).into_inner();
        let most = request
            .app_data::<Data<App>>()
            .map_or(0, |app| app.settings.limits.import_bytes);
        let payload = payload.take();
        Box::pin(async move {
            let is_json = media.ok_or(&Kind::UNSUPPORTED_MEDIA_TYPE)? == Media::Json;
            let query = query?.0;
            let bytes = extract::collect(payload, most).await?;
            let digest = Sha256::digest(&bytes).into();
            let (wanted, content) = if is_json {
                pasted(&bytes)?
            } else {
                (query, Content::File(bytes))
            };
            Ok(Self {
                wanted,
                content,
                digest,
            })
        })
    }
}

fn pasted(bytes: &[u8]) -> Result<(ImportFileQuery, Content), Problem> {
    let request: ImportRequest = extract::parse(bytes)?;
    let wanted = ImportFileQuery {
        kind: Some(request.kind),
        organisation: request.organisation,
        drive: request.drive,
        name: request.name,
    };
    Ok((wanted, Content::Pasted(request.text)))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Media {
    Json,
    File,
}

/// What the content really is, is looked at in the file itself.
fn media_of(request: &HttpRequest) -> Option<Media> {
    let header = request.headers().get(CONTENT_TYPE)?.to_str().ok()?;
    let kind = header.split(';').next()?.trim().to_ascii_lowercase();
    match kind.as_str() {
        "application/json" => Some(Media::Json),
        "text/csv"
        | "text/plain"
        | "text/tab-separated-values"
        | "application/csv"
        | "application/octet-stream"
        | "application/vnd.ms-excel" => Some(Media::File),
        _ if kind.starts_with("application/vnd.openxmlformats-officedocument.spreadsheetml")
            || kind.starts_with("application/vnd.ms-excel.") =>
        {
            Some(Media::File)
        }
        _ => None,
    }
}

impl Upload {
    /// What is wanted, where the caller has a role for it somewhere.
    pub(super) fn order(self, caller: &Caller) -> Result<Order, Problem> {
        let wanted = self.wanted;
        let is_results = wanted.kind == Some(ImportKind::Results);
        let mut invalid = Invalid::default();
        let kind = wanted.kind.ok_or(Phrase::new(keys::FIELD_REQUIRED));
        let kind = invalid.take("kind", kind);
        let name = wanted.name.as_deref().map(str::trim);
        let name = name.filter(|name| !name.is_empty());
        let name = invalid.take_given("name", name.map(|name| Line::parse(name, 200)));
        belongs(&mut invalid, &wanted);
        let order = invalid.build(|| {
            Ok(Order {
                kind: kind?,
                organisation: wanted.organisation,
                drive: wanted.drive,
                name: name?.map(String::from),
                content: self.content,
                by: caller.person(),
            })
        })?;
        let role = if is_results {
            Role::DriveStaff
        } else {
            Role::ClubLead
        };
        if caller.acts_as(role) {
            Ok(order)
        } else {
            Err((&Kind::FORBIDDEN).into())
        }
    }
}

/// A list belongs to a club or to a drive, never to both.
fn belongs(invalid: &mut Invalid, wanted: &ImportFileQuery) {
    let club = ("organisation", wanted.organisation.is_some());
    let drive = ("drive", wanted.drive.is_some());
    let (needed, odd) = match wanted.kind {
        Some(ImportKind::Results) => (drive, club),
        _ => (club, drive),
    };
    if !needed.1 {
        invalid.refuse(needed.0, keys::FIELD_REQUIRED);
    }
    if odd.1 {
        invalid.refuse(odd.0, keys::FIELD_UNKNOWN_FIELD);
    }
}

/// Who may take in no list at all is told so.
pub(super) fn may_import(caller: &Caller) -> Result<(), Problem> {
    if caller.acts_as(Role::ClubLead) || caller.acts_as(Role::DriveStaff) {
        Ok(())
    } else {
        Err((&Kind::FORBIDDEN).into())
    }
}
