//! How programs talk to the service: the OpenAPI document, and the same for reading.
use crate::platform::http::Routes;
use crate::platform::http::{Anyone, Path, Problems};
use crate::platform::problem::{Kind, Problem};
use actix_web::http::header::{
    CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, CONTENT_TYPE, LOCATION,
};
use actix_web::{HttpResponse, get};
use std::sync::{Arc, LazyLock};
use utoipa_swagger_ui::Config;

/// The reader is a script that styles its own parts; it asks this service only.
const CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
    connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// The description of the API, as it was committed; a test holds it to what the service would say of itself.
pub const DESCRIPTION: &str = include_str!("../../docs/openapi.json");

/// Describe this API as OpenAPI 3.1.
#[utoipa::path(tag = "operation", security(()), responses((status = 200, body = serde_json::Value), Problems))]
#[get("/openapi.json")]
async fn show_description(_: Anyone) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("application/json")
        .body(DESCRIPTION)
}

/// The document's own path, below `/api/v1`.
pub fn describe(config: &mut Routes<'_, '_>) {
    config.service(show_description);
}

pub(super) async fn to_reference() -> HttpResponse {
    HttpResponse::MovedPermanently()
        .insert_header((LOCATION, "/docs/"))
        .finish()
}

/// A file of the readable reference.
pub(super) async fn show_reference(file: Path<String>) -> Result<HttpResponse, Problem> {
    static CONFIG: LazyLock<Arc<Config<'_>>> = LazyLock::new(|| {
        let config = Config::from("/api/v1/openapi.json");
        Arc::new(config.validator_url("none").try_it_out_enabled(true))
    });
    let found = utoipa_swagger_ui::serve(&file.0, CONFIG.clone())
        .map_err(|error| Problem::internal(error.to_string()))?
        .ok_or(&Kind::NOT_FOUND)?;
    let mut answer = HttpResponse::Ok();
    if found.gzpipped {
        answer.insert_header((CONTENT_ENCODING, "gzip"));
    }
    Ok(answer
        .insert_header((CONTENT_TYPE, found.content_type))
        .insert_header((CONTENT_SECURITY_POLICY, CSP))
        .insert_header((CACHE_CONTROL, "public, max-age=3600"))
        .body(found.bytes.into_owned()))
}
