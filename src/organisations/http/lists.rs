//! Bringing a list of provinces and communes in.
use super::super::actions::{guard, nation};
use super::super::import::{Imported, UnitList};
use super::views::ImportQuery;
use crate::platform::App;
use crate::platform::http::extract::collect;
use crate::platform::http::{Admin, Problems, Query, Role};
use crate::platform::language::{Phrase, keys};
use crate::platform::problem::{Kind, Problem};
use actix_web::dev::Payload;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::web::{Data, Json};
use actix_web::{FromRequest, HttpRequest, post};
use futures_util::future::LocalBoxFuture;
use serde::Serialize;
use utoipa::ToSchema;

/// All of Vietnam is 0.3 MiB.
const MOST_BYTES: usize = 4 << 20;

/// What a list did.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ImportedView {
    /// Units that were not there.
    added: usize,
    /// Units that are different now.
    changed: usize,
    /// Units that were there as the list says.
    same: usize,
}

impl From<Imported> for ImportedView {
    fn from(done: Imported) -> Self {
        Self {
            added: done.added,
            changed: done.changed,
            same: done.same,
        }
    }
}

/// A file of comma-separated values, as it was sent.
pub(super) struct Table(Vec<u8>);

impl FromRequest for Table {
    type Error = Problem;
    type Future = LocalBoxFuture<'static, Result<Self, Problem>>;
    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let kind = request.headers().get(CONTENT_TYPE);
        let is_table = kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/csv"));
        let payload = payload.take();
        Box::pin(async move {
            if !is_table {
                return Err((&Kind::UNSUPPORTED_MEDIA_TYPE).into());
            }
            collect(payload, MOST_BYTES).await.map(Self)
        })
    }
}

/// Bring the tree in line with a list of provinces and communes; sent again it changes nothing.
///
/// Columns: `code`, `kind` (province, city, ward, commune, `special_zone`), `name`, `parent_code`, `latitude`, `longitude`.
#[utoipa::path(tag = "organisations", params(ImportQuery), request_body(content = String, content_type = "text/csv"),
    responses((status = 200, body = ImportedView), Problems))]
#[post("/organisations/imports")]
pub(super) async fn import_units(
    app: Data<App>,
    caller: Admin,
    query: Query<ImportQuery>,
    table: Table,
) -> Result<Json<ImportedView>, Problem> {
    let mut list = read(&table.0)?;
    list.valid_from = query.0.valid_from;
    let (bodies, shared) = (caller.bodies(Role::Admin), app.clone());
    let write = app.db.write(move |conn| {
        let now = shared.now();
        let top = nation(conn, shared.id(), now)?;
        guard(conn, &bodies, top)?;
        Ok::<_, Problem>(list.import(conn, (|| shared.id(), now), |_| ())?)
    });
    Ok(Json(write.await?.into()))
}

fn read(table: &[u8]) -> Result<UnitList, Problem> {
    UnitList::read(table).map_err(|fault| {
        let phrase = Phrase::new(keys::ORGANISATIONS_LIST_FAULT)
            .with("line", i64::try_from(fault.line).unwrap_or(i64::MAX))
            .with("column", fault.column);
        Problem::field("list", phrase)
    })
}
