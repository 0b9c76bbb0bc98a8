//! The style sheets, the drop and what robots are told: small files inside the binary.
use crate::platform::problem::{Kind, Problem};
use actix_web::HttpResponse;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use actix_web::web::Path;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};
use std::sync::LazyLock;

const STYLE: &str = include_str!("pages/site.css");
const REPORT: &str = include_str!("pages/report.css");
const DROP: &str = include_str!("pages/drop.svg");
/// What previews in chats show of a call; by state, so that a stale one says so.
const CALL_OPEN: &[u8] = include_bytes!("pages/call-open.png");
const CALL_FILLED: &[u8] = include_bytes!("pages/call-filled.png");
const CALL_OVER: &[u8] = include_bytes!("pages/call-over.png");
const ROBOTS: &str = "User-agent: *\nDisallow: /api/\nDisallow: /docs/\n";

/// Changes with the content, so that a browser may keep the sheet for ever.
pub(super) fn style_address() -> String {
    static VERSION: LazyLock<String> = LazyLock::new(|| {
        let digest = Sha256::digest(STYLE);
        URL_SAFE_NO_PAD.encode(digest.get(..6).unwrap_or_default())
    });
    format!("/assets/site.css?v={}", *VERSION)
}

pub(super) async fn show_asset(file: Path<String>) -> Result<HttpResponse, Problem> {
    match file.as_str() {
        "site.css" => Ok(kept("text/css; charset=utf-8", STYLE)),
        "report.css" => Ok(kept("text/css; charset=utf-8", REPORT)),
        "drop.svg" => Ok(kept("image/svg+xml", DROP)),
        "call-open.png" => Ok(picture(CALL_OPEN)),
        "call-filled.png" => Ok(picture(CALL_FILLED)),
        "call-over.png" => Ok(picture(CALL_OVER)),
        _ => Err((&Kind::NOT_FOUND).into()),
    }
}

/// What browsers ask for without being told.
pub(super) async fn show_icon() -> HttpResponse {
    kept("image/svg+xml", DROP)
}

pub(super) async fn show_robots() -> HttpResponse {
    kept("text/plain; charset=utf-8", ROBOTS)
}

/// For a week: its address does not change with it.
fn picture(content: &'static [u8]) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "image/png"))
        .insert_header((CACHE_CONTROL, "public, max-age=604800"))
        .body(content)
}

fn kept(kind: &str, content: &'static str) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, kind))
        .insert_header((CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .body(content)
}
