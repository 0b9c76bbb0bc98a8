//! The front page: what this is, and how much is going on.
use super::page::{Frame, answer};
use super::store::{Numbers, numbers};
use crate::platform::App;
use crate::platform::clock::Moment;
use crate::platform::language::keys;
use crate::platform::problem::Problem;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use chrono::TimeDelta;
use std::sync::Mutex;

/// Seconds the numbers are shown before they are counted anew.
const KEPT_SECONDS: i64 = 10;

/// The numbers as last counted.
#[derive(Default)]
pub(super) struct Recent(Mutex<Option<(Moment, Numbers)>>);

/// No numbers yet.
pub(super) fn recent() -> Data<Recent> {
    Data::new(Recent::default())
}

#[derive(Template)]
#[template(path = "front.html")]
struct Front {
    frame: Frame,
    numbers: Option<Numbers>,
}

impl Front {
    #[expect(
        clippy::trivially_copy_pass_by_ref,
        reason = "templates hand over references"
    )]
    fn number(&self, count: &i64) -> String {
        self.frame.language.number(*count)
    }
}

/// The page opens even while the database does not answer; the numbers are then left out.
pub(super) async fn show_front(
    app: Data<App>,
    recent: Data<Recent>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let frame = Frame::of(&app, &request);
    let numbers = recent.numbers(&app).await;
    let front = Front { frame, numbers };
    answer(&front.frame, &front)
}

impl Recent {
    async fn numbers(&self, app: &App) -> Option<Numbers> {
        let now = app.now();
        let kept = self.0.lock().ok().and_then(|kept| *kept);
        if let Some((at, numbers)) = kept
            && now < at + TimeDelta::seconds(KEPT_SECONDS)
        {
            return Some(numbers);
        }
        let today = app.today();
        let counted = app.db.read(move |conn| numbers(conn, today)).await.ok()?;
        if let Ok(mut kept) = self.0.lock() {
            *kept = Some((now, counted));
        }
        Some(counted)
    }
}
