//! Answers asked for again and again: sent whole once, then only "as before" while nothing has changed.
use crate::platform::problem::Problem;
use actix_web::http::header::{CACHE_CONTROL, ETAG, IF_NONE_MATCH};
use actix_web::{HttpRequest, HttpResponse};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;
use sha2::{Digest, Sha256};

/// The view as JSON under a strong tag of its very bytes, or 304 for who has these already.
/// `kept` is the `Cache-Control` that goes with it.
pub fn tagged<T: Serialize>(
    request: &HttpRequest,
    view: &T,
    kept: &'static str,
) -> Result<HttpResponse, Problem> {
    let body = serde_json::to_vec(view).map_err(Problem::internal)?;
    let tag = format!("\"{}\"", URL_SAFE_NO_PAD.encode(Sha256::digest(&body)));
    let is_known = knows(request, &tag);
    let mut response = if is_known {
        HttpResponse::NotModified()
    } else {
        HttpResponse::Ok()
    };
    response
        .insert_header((ETAG, tag))
        .insert_header((CACHE_CONTROL, kept));
    Ok(if is_known {
        response.finish()
    } else {
        response.content_type("application/json").body(body)
    })
}

fn knows(request: &HttpRequest, tag: &str) -> bool {
    let given = request.headers().get(IF_NONE_MATCH);
    given
        .and_then(|value| value.to_str().ok())
        .is_some_and(|tags| {
            // A proxy that packs an answer marks its tag as weak.
            tags.split(',')
                .any(|one| one.trim().trim_start_matches("W/") == tag)
        })
}
