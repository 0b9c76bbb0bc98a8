//! What every page has: its language, the site's name, and answers that let nothing else in.
use super::assets;
use crate::platform::App;
use crate::platform::http::caller;
use crate::platform::language::{Key, Language, Phrase, say};
use crate::platform::problem::Problem;
use actix_web::http::header::{
    CACHE_CONTROL, CONTENT_LANGUAGE, CONTENT_SECURITY_POLICY, CONTENT_TYPE, VARY,
};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

/// Styles and pictures of our own, and nothing else: no script, no frame, no other host.
const CSP: &str = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The frame around a page.
pub(super) struct Frame {
    /// The language of the page.
    pub(super) language: Language,
    /// What this installation calls itself.
    pub(super) site: String,
    /// The address of the style sheet.
    pub(super) style: String,
    path: String,
}

impl Frame {
    /// The frame for the page asked for, in the language asked for: by `?lang=`, or by the browser.
    pub(super) fn of(app: &App, request: &HttpRequest) -> Self {
        let chosen = form_urlencoded::parse(request.query_string().as_bytes())
            .find_map(|(name, value)| (name == "lang").then(|| Language::parse(&value)));
        Self {
            language: chosen
                .flatten()
                .unwrap_or_else(|| caller::language(request.headers())),
            site: app.settings.site.name.clone(),
            style: assets::style_address(),
            path: request.path().to_owned(),
        }
    }

    /// A sentence of the page.
    pub(super) fn t(&self, key: Key) -> String {
        say(self.language, &Phrase::new(key))
    }

    /// The other language, with its own name, and this page in it.
    pub(super) fn other(&self) -> (&'static str, &'static str, String) {
        let (code, name) = match self.language {
            Language::Vi => ("en", "English"),
            Language::En => ("vi", "Tiếng Việt"),
        };
        (code, name, format!("{}?lang={code}", self.path))
    }
}

/// The page as an answer.
pub(super) fn answer(frame: &Frame, page: &impl Template) -> Result<HttpResponse, Problem> {
    let text = page.render().map_err(Problem::internal)?;
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "text/html; charset=utf-8"))
        .insert_header((CONTENT_LANGUAGE, frame.language.code()))
        .insert_header((VARY, "Accept-Language"))
        .insert_header((CONTENT_SECURITY_POLICY, CSP))
        .insert_header((CACHE_CONTROL, "no-cache"))
        .body(text))
}
