//! What asked donors say, by the link they were sent; no sign-in.
use super::views::{AnswerRequest, AnswerView, NextDrive, Word};
use crate::calls::actions::{self, Said};
use crate::calls::letters::ANSWER;
use crate::calls::model::{Answer, Ask, AskId, Call};
use crate::calls::rules::Refusal;
use crate::calls::store;
use crate::drives::model::Near;
use crate::eligibility::find_rules;
use crate::platform::App;
use crate::platform::clock::Moment;
use crate::platform::config::Settings;
use crate::platform::db::Conn;
use crate::platform::http::{Anyone, Body, Path, Problems, link};
use crate::platform::id::PersonId;
use crate::platform::problem::Problem;
use crate::registrations::model::Deed;
use crate::{drives, organisations, people};
use actix_web::web::{Data, Json};
use actix_web::{get, post, put};
use chrono::TimeDelta;

/// How far ahead drives are offered to who came too late, and how many.
const AHEAD: TimeDelta = TimeDelta::days(30);
const OFFERED: usize = 3;

impl AnswerRequest {
    /// What it means; stopping needs the rules by which the donor's entry is kept.
    fn said(self, settings: &Settings) -> Result<Said, Problem> {
        Ok(match self.answer {
            Word::Yes => Said::Yes {
                arriving_at: self.arriving_at,
                shows_name: self.show_name,
            },
            Word::No if self.stop_asking => stop(settings)?,
            Word::No => Said::No(self.until),
        })
    }
}

/// Never to be asked again.
pub(super) fn stop(settings: &Settings) -> Result<Said, Problem> {
    let rules = find_rules(&settings.eligibility.rule_set).map_err(Problem::internal)?;
    Ok(Said::Stop(rules))
}

/// Which ask a link is for.
fn ask_of(app: &App, token: &str) -> Result<AskId, Problem> {
    let id = link::read(&app.keys, ANSWER, token).map(AskId);
    id.ok_or_else(|| Refusal::DeadLink.into())
}

/// Who looks when, and where links lead.
struct Looking {
    now: Moment,
    public_url: String,
    within_km: f64,
}

impl Looking {
    fn of(app: &App) -> Self {
        Self {
            now: app.now(),
            public_url: app.settings.site.public_url.clone(),
            within_km: app.settings.reminders.within_km,
        }
    }
}

fn view(
    conn: &mut Conn,
    (ask, call): (&Ask, &Call),
    looking: &Looking,
) -> Result<AnswerView, Problem> {
    let hospital = organisations::find(conn, call.hospital)?.name;
    let place = organisations::find(conn, call.give_at)?.name;
    let mut view = AnswerView::of(ask, call, (hospital, place));
    if ask.answer == Some(Answer::Late) {
        view.next_drives = next_drives(conn, ask.person, looking)?;
    }
    Ok(view)
}

/// The nearest drives that still have places, where it is known where they live.
fn next_drives(
    conn: &mut Conn,
    person: PersonId,
    looking: &Looking,
) -> Result<Vec<NextDrive>, Problem> {
    let Some(at) = people::find(conn, person)?.coordinates else {
        return Ok(Vec::new());
    };
    let near = Near {
        at,
        within_km: looking.within_km,
        from: looking.now,
        to: looking.now + AHEAD,
        limit: OFFERED,
    };
    let found = drives::near(conn, &near)?.into_iter();
    Ok(found
        .map(|drive| NextDrive::of(drive, &looking.public_url))
        .collect())
}

/// What the asked donor sees; opening a link never answers.
pub(super) async fn look(app: &App, token: &str) -> Result<AnswerView, Problem> {
    let (id, looking) = (ask_of(app, token)?, Looking::of(app));
    let seen = app.db.read(move |conn| {
        let ask = store::find_ask(conn, id)?;
        let call = store::find(conn, ask.call)?;
        view(conn, (&ask, &call), &looking)
    });
    seen.await
}

/// Takes what the asked donor says.
pub(super) async fn take(app: &App, token: &str, said: Said) -> Result<AnswerView, Problem> {
    let (id, looking) = (ask_of(app, token)?, Looking::of(app));
    // Whose answer it is stands in the ask; nobody else acts here.
    let deed = Deed::of(app, PersonId(uuid::Uuid::nil()));
    let answered = app.db.write(move |conn| {
        let (ask, call) = actions::answer(conn, &deed, id, said)?;
        view(conn, (&ask, &call), &looking)
    });
    answered.await
}

/// Show an ask. Opening it never answers.
#[utoipa::path(tag = "calls", security(()), params(("token" = String, Path)), responses((status = 200, body = AnswerView), Problems))]
#[get("/answers/{token}")]
pub(super) async fn show_answer(
    app: Data<App>,
    _: Anyone,
    token: Path<String>,
) -> Result<Json<AnswerView>, Problem> {
    look(&app, &token.0).await.map(Json)
}

/// Answer an ask: yes with the time of arrival, or no, perhaps until a day or for good.
#[utoipa::path(request_body = AnswerRequest, tag = "calls", security(()), params(("token" = String, Path)), responses((status = 200, body = AnswerView), Problems))]
#[post("/answers/{token}")]
pub(super) async fn give_answer(
    app: Data<App>,
    _: Anyone,
    token: Path<String>,
    body: Body<AnswerRequest>,
) -> Result<Json<AnswerView>, Problem> {
    let said = body.value.said(&app.settings)?;
    take(&app, &token.0, said).await.map(Json)
}

/// Change an answer.
#[utoipa::path(request_body = AnswerRequest, tag = "calls", security(()), params(("token" = String, Path)), responses((status = 200, body = AnswerView), Problems))]
#[put("/answers/{token}")]
pub(super) async fn change_answer(
    app: Data<App>,
    _: Anyone,
    token: Path<String>,
    body: Body<AnswerRequest>,
) -> Result<Json<AnswerView>, Problem> {
    let said = body.value.said(&app.settings)?;
    take(&app, &token.0, said).await.map(Json)
}
