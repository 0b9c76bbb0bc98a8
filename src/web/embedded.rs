//! The web app inside the binary: each of its files, how long a browser may keep it, and one page for all its addresses.
use crate::platform::http::Path;
use crate::platform::problem::{Kind, Problem};
use actix_web::http::StatusCode;
use actix_web::http::header::{
    AcceptEncoding, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG,
    Encoding, EntityTag, Header, IF_NONE_MATCH, IfNoneMatch, VARY,
};
use actix_web::web::{ServiceConfig, get, resource};
use actix_web::{HttpRequest, HttpResponse};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::sync::LazyLock;

/// Scripts, styles and pictures of our own; pictures drawn on the spot for sharing and printing; no other host.
const CSP: &str = "default-src 'self'; img-src 'self' data: blob:; style-src 'self'; object-src 'none'; base-uri 'none'; \
    form-action 'self'; frame-ancestors 'none'";
/// The page from which the app draws every screen.
const PAGE: &str = "index.html";

/// Name, content, and the same packed by brotli.
type Row = (&'static str, &'static [u8], Option<&'static [u8]>);

/// Every file of the app, laid out by `build/web.rs`.
static ROWS: &[Row] = &include!(concat!(env!("OUT_DIR"), "/web_files.rs"));

/// One file, and what tells its content from any other.
struct File {
    name: &'static str,
    plain: &'static [u8],
    packed: Option<&'static [u8]>,
    tag: String,
}

fn find(name: &str) -> Option<&'static File> {
    static FILES: LazyLock<HashMap<&str, File>> = LazyLock::new(|| {
        let files = ROWS.iter().map(|row| (row.0, File::of(row)));
        files.collect()
    });
    FILES.get(name)
}

impl File {
    fn of((name, plain, packed): &Row) -> Self {
        let digest = Sha256::digest(plain);
        Self {
            name,
            plain,
            packed: *packed,
            tag: URL_SAFE_NO_PAD.encode(digest.get(..12).unwrap_or_default()),
        }
    }
}

/// The app's addresses; the last one stands for all that lie deeper.
pub(super) const PATHS: [&str; 5] = [
    "/app",
    "/app/{screen}",
    "/app/{screen}/{id}",
    "/app/{screen}/{id}/{part}",
    "/app/{screen}/{id}/{part}/{more}",
];

pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .service(resource("/app").route(get().to(show_app)))
        .service(resource("/app/{path:.*}").route(get().to(show_file)));
}

async fn show_app(request: HttpRequest) -> Result<HttpResponse, Problem> {
    serve(&request, find(PAGE))
}

/// A file of the app, or its page: which screen an address means is the app's own business.
async fn show_file(path: Path<String>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    match find(&path.0) {
        // A page instead of a script that is gone would only break later and less clearly.
        None if !path.0.starts_with("assets/") => serve(&request, find(PAGE)),
        found => serve(&request, found),
    }
}

fn serve(request: &HttpRequest, file: Option<&'static File>) -> Result<HttpResponse, Problem> {
    let file = file.ok_or(&Kind::NOT_FOUND)?;
    let packed = file.packed.filter(|_| takes_brotli(request));
    let ending = if packed.is_some() { "-br" } else { "" };
    let tag = EntityTag::new_strong(format!("{}{ending}", file.tag));
    let mut answer = HttpResponse::Ok();
    answer
        .insert_header((ETAG, tag.to_string()))
        .insert_header((VARY, "Accept-Encoding"))
        .insert_header((CACHE_CONTROL, keeping(file.name)))
        .insert_header((CONTENT_SECURITY_POLICY, CSP));
    if has_it(request, &tag) {
        return Ok(answer.status(StatusCode::NOT_MODIFIED).finish());
    }
    answer.insert_header((CONTENT_TYPE, kind_of(file.name)));
    if packed.is_some() {
        answer.insert_header((CONTENT_ENCODING, "br"));
    }
    Ok(answer.body(packed.unwrap_or(file.plain)))
}

fn takes_brotli(request: &HttpRequest) -> bool {
    let ways = [Encoding::brotli(), Encoding::identity()];
    AcceptEncoding::parse(request)
        .is_ok_and(|accepted| accepted.negotiate(ways.iter()) == Some(Encoding::brotli()))
}

fn has_it(request: &HttpRequest, tag: &EntityTag) -> bool {
    match IfNoneMatch::parse(request) {
        // Also what a request without the header is read as.
        Ok(IfNoneMatch::Any) => request.headers().contains_key(IF_NONE_MATCH),
        Ok(IfNoneMatch::Items(known)) => known.iter().any(|other| other.weak_eq(tag)),
        Err(_) => false,
    }
}

/// Names below `assets/` change with their content; everything else is asked for anew.
fn keeping(name: &str) -> &'static str {
    if name.starts_with("assets/") {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    }
}

fn kind_of(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_named_after_its_content_is_kept_for_ever() {
        assert!(keeping("assets/index-BxT4.js").ends_with("immutable"));
        for name in ["index.html", "sw.js", "manifest.webmanifest"] {
            assert_eq!(keeping(name), "no-cache");
        }
    }

    #[test]
    fn browsers_are_told_what_each_file_is() {
        assert_eq!(kind_of("sw.js"), "text/javascript; charset=utf-8");
        assert_eq!(kind_of("manifest.webmanifest"), "application/manifest+json");
        assert_eq!(kind_of("assets/drop.v2.svg"), "image/svg+xml");
        assert_eq!(kind_of("no-ending"), "application/octet-stream");
    }
}
