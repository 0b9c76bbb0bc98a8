//! The pages behind the links: `/a/{answer}` asks and takes an answer, `/c/{call}` tells how a call stands.
use super::answers;
use super::public;
use super::views::{AnswerView, PublicCallView, Word};
use crate::calls::actions::Said;
use crate::calls::model::{Answer, CallId, CallState};
use crate::platform::App;
use crate::platform::clock::Moment;
use crate::platform::http::sheet::{Button, Form as SheetForm, Sheet};
use crate::platform::http::{Anyone, Form, Path};
use crate::platform::language::{Key, Language, Phrase, keys, say};
use crate::platform::problem::{Kind, Problem};
use actix_web::web::Data;
use actix_web::{HttpResponse, get, post};
use serde::Deserialize;

/// What the buttons of the answer page send.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AnswerForm {
    answer: Word,
}

/// Ask a donor, on a page; opening it never answers.
#[utoipa::path(tag = "pages", security(()), params(("token" = String, Path)), responses((status = 200, body = str, content_type = "text/html"), crate::platform::http::Problems))]
#[get("/a/{token}")]
pub(super) async fn show_answer_page(
    app: Data<App>,
    anyone: Anyone,
    token: Path<String>,
) -> Result<HttpResponse, Problem> {
    match answers::look(&app, &token.0).await {
        Ok(view) => answer_sheet(&app, anyone.language, &token.0, &view).respond(),
        Err(problem) if problem.kind().status < 500 => {
            Sheet::dead_link(&app, anyone.language).respond()
        }
        Err(problem) => Err(problem),
    }
}

/// Take an answer from the page's buttons.
#[utoipa::path(request_body(content = AnswerForm, content_type = "application/x-www-form-urlencoded"), tag = "pages", security(()), params(("token" = String, Path)), responses((status = 200, body = str, content_type = "text/html"), crate::platform::http::Problems))]
#[post("/a/{token}")]
pub(super) async fn take_answer(
    app: Data<App>,
    anyone: Anyone,
    token: Path<String>,
    form: Form<AnswerForm>,
) -> Result<HttpResponse, Problem> {
    let said = match form.0.answer {
        Word::Yes => Said::Yes(None),
        Word::No => Said::No,
    };
    match answers::take(&app, &token.0, said).await {
        Ok(view) => answer_sheet(&app, anyone.language, &token.0, &view).respond(),
        Err(problem) if problem.kind() == &Kind::OVERLOADED || problem.kind().status >= 500 => {
            Err(problem)
        }
        Err(problem) if problem.kind().status == 404 => {
            Sheet::dead_link(&app, anyone.language).respond()
        }
        Err(problem) => refused(&app, anyone.language, &problem).respond(),
    }
}

fn refused(app: &App, language: Language, problem: &Problem) -> Sheet {
    let words = Phrase::new(keys::CALL_PAGE_REFUSED).with("why", problem.detail(language));
    Sheet::new(app, language, keys::CALL_PAGE_TITLE).tell(words)
}

fn answer_sheet(app: &App, language: Language, token: &str, view: &AnswerView) -> Sheet {
    let is_open = view.is_open(app.now());
    let words = match view.answer {
        Some(Answer::Yes) if is_open => keys::CALL_PAGE_YES,
        Some(Answer::Late) => keys::CALL_PAGE_LATE,
        Some(Answer::No) if is_open => keys::CALL_PAGE_NO,
        _ if !is_open => keys::CALL_PAGE_OVER,
        _ => keys::CALL_PAGE_ASK,
    };
    let sheet = Sheet::new(app, language, keys::CALL_PAGE_TITLE)
        .tell(Phrase::new(words).with("hospital", view.hospital.clone()))
        .fact(keys::CALL_PAGE_PLACE, view.place.clone())
        .fact(keys::CALL_PAGE_UNTIL, until(app, language, view.arrive_by));
    if is_open {
        sheet.form(buttons(language, token, view.answer))
    } else {
        sheet
    }
    .tell(keys::CALL_PAGE_TRUST)
}

fn buttons(language: Language, token: &str, answer: Option<Answer>) -> SheetForm {
    let button = |value: &str, label: Key, style| Button {
        name: "answer",
        value: String::from(value),
        label: say(language, &label.into()),
        style,
    };
    let yes = button("yes", keys::CALL_PAGE_YES_BUTTON, "first");
    let no = button("no", keys::CALL_PAGE_NO_BUTTON, "second");
    let buttons = match answer {
        Some(Answer::Yes) => vec![no],
        Some(Answer::No) => vec![yes],
        _ => vec![yes, no],
    };
    SheetForm {
        action: format!("/a/{token}"),
        buttons,
        ..SheetForm::default()
    }
}

fn until(app: &App, language: Language, moment: Moment) -> String {
    let local = moment.with_timezone(&app.settings.site.time_zone);
    format!(
        "{}, {}",
        local.format("%H:%M"),
        language.long_date(local.date_naive())
    )
}

/// Tell anyone how a call stands, on a page.
#[utoipa::path(tag = "pages", security(()), params(("id" = CallId, Path)), responses((status = 200, body = str, content_type = "text/html"), crate::platform::http::Problems))]
#[get("/c/{id}")]
pub(super) async fn show_call_page(
    app: Data<App>,
    anyone: Anyone,
    id: Path<CallId>,
) -> Result<HttpResponse, Problem> {
    let view = public::look(&app, id.0).await?;
    public_sheet(&app, anyone.language, &view).respond()
}

fn public_sheet(app: &App, language: Language, view: &PublicCallView) -> Sheet {
    let words = match view.state {
        CallState::Asking | CallState::Verified | CallState::Submitted => keys::CALL_PUBLIC_ASKING,
        CallState::Filled => keys::CALL_PUBLIC_FILLED,
        CallState::Expired | CallState::Cancelled => keys::CALL_PUBLIC_OVER,
    };
    Sheet::new(app, language, keys::CALL_PUBLIC_TITLE)
        .tell(words)
        .fact(keys::CALL_PUBLIC_GROUP, view.blood_group.as_str())
        .fact(
            keys::CALL_PUBLIC_MISSING,
            language.number(view.units_missing),
        )
        .fact(keys::CALL_PAGE_PLACE, view.place.clone())
        .fact(keys::CALL_PAGE_UNTIL, until(app, language, view.arrive_by))
        .tell(keys::CALL_PAGE_TRUST)
}
