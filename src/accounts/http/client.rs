//! What a client says of itself: its name, whether it wants its refresh token as a cookie, and which it brings.
use crate::accounts::rules::Refusal;
use crate::platform::App;
use crate::platform::problem::Problem;
use actix_web::dev::Payload;
use actix_web::http::header::{COOKIE, HeaderMap, ORIGIN, USER_AGENT};
use actix_web::web::Data;
use actix_web::{FromRequest, HttpRequest};
use std::future::{Ready, ready};

/// Kept by browsers for this host only, and over TLS only.
const COOKIE_NAME: &str = "__Host-giothong_refresh";

/// A device with its way of keeping the refresh token.
#[derive(Debug, Clone)]
pub(super) struct Client {
    /// What it calls itself, at most 100 characters.
    pub(super) label: String,
    /// Whether it asked, by `X-Session: cookie`, for a cookie instead of a token in the body.
    pub(super) wants_cookie: bool,
    brought: Option<String>,
    is_home: bool,
}

impl FromRequest for Client {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;
    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self::of(request)))
    }
}

impl Client {
    fn of(request: &HttpRequest) -> Self {
        let headers = request.headers();
        let home = request
            .app_data::<Data<App>>()
            .map(|app| app.settings.site.public_url.as_str());
        Self {
            label: label(text(headers, &USER_AGENT)),
            wants_cookie: headers
                .get("x-session")
                .is_some_and(|value| value == "cookie"),
            brought: cookie(headers),
            is_home: home.is_some()
                && home == headers.get(ORIGIN).and_then(|value| value.to_str().ok()),
        }
    }

    /// Passes unless a cookie is asked for by a page of another site: browsers say in `Origin` whose page it is.
    pub(super) fn check_origin(&self) -> Result<(), Refusal> {
        if self.wants_cookie && !self.is_home {
            Err(Refusal::ForeignOrigin)
        } else {
            Ok(())
        }
    }

    /// The refresh token of the cookie, for a client that keeps it there.
    pub(super) fn brought(&self) -> Option<String> {
        self.brought.clone().filter(|_| self.wants_cookie)
    }
}

/// A cookie that holds this refresh token for so many seconds; without one it takes the cookie away.
pub(super) fn set_cookie(token: Option<&str>, seconds: i64) -> String {
    let (token, seconds) = token.map_or(("", 0), |token| (token, seconds));
    format!("{COOKIE_NAME}={token}; Path=/; Max-Age={seconds}; Secure; HttpOnly; SameSite=Strict")
}

fn text<'a>(headers: &'a HeaderMap, name: &actix_web::http::header::HeaderName) -> &'a str {
    headers
        .get(name)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
}

fn label(agent: &str) -> String {
    let label: String = agent
        .chars()
        .filter(|c| !c.is_control())
        .take(100)
        .collect();
    if label.is_empty() {
        "—".to_owned()
    } else {
        label
    }
}

fn cookie(headers: &HeaderMap) -> Option<String> {
    headers
        .get_all(COOKIE)
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .find_map(|pair| pair.trim().strip_prefix(COOKIE_NAME)?.strip_prefix('='))
        .filter(|token| !token.is_empty() && token.len() <= 100)
        .map(str::to_owned)
}
