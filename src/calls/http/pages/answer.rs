//! `/a/{answer}`: asks a donor, and takes what they say by its buttons. Opening it never answers.
use super::until;
use crate::calls::actions::Said;
use crate::calls::http::answers;
use crate::calls::http::views::AnswerView;
use crate::calls::model::Answer;
use crate::platform::App;
use crate::platform::clock::Moment;
use crate::platform::http::sheet::{Button, Field, Form as SheetForm, Sheet};
use crate::platform::http::{Anyone, Form, Path, Problems};
use crate::platform::language::{Key, Language, Phrase, keys, say};
use crate::platform::problem::{Kind, Problem};
use actix_web::web::Data;
use actix_web::{HttpResponse, get, post};
use chrono::{Days, NaiveDate, NaiveTime, TimeDelta, TimeZone};
use serde::Deserialize;

/// Which button was pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
enum Pressed {
    /// I come.
    Yes,
    /// I come, and the hospital may know my given name.
    YesNamed,
    /// Not today.
    No,
    /// Not before a day.
    NoUntil,
    /// Never again.
    Stop,
}

/// What the buttons of the answer page send.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::calls::http) struct AnswerForm {
    answer: Pressed,
    /// The hour of arrival, `18:30`.
    arriving: Option<String>,
    /// The day until which not to ask.
    until: Option<NaiveDate>,
}

/// How long after pressing somebody arrives who says nothing else.
const USUAL_WAY: TimeDelta = TimeDelta::minutes(60);

impl AnswerForm {
    fn said(&self, app: &App) -> Result<Said, Problem> {
        Ok(match self.answer {
            Pressed::Yes | Pressed::YesNamed => Said::Yes {
                arriving_at: self.arriving_at(app),
                shows_name: self.answer == Pressed::YesNamed,
            },
            Pressed::No => Said::No(None),
            Pressed::NoUntil => Said::No(self.until),
            Pressed::Stop => answers::stop(&app.settings)?,
        })
    }

    /// The next time it is that hour.
    fn arriving_at(&self, app: &App) -> Option<Moment> {
        let hour = NaiveTime::parse_from_str(self.arriving.as_deref()?, "%H:%M").ok()?;
        let (zone, now) = (app.settings.site.time_zone, app.now());
        let today = now.date_in(zone);
        let days = [Some(today), today.succ_opt()].into_iter().flatten();
        let moments =
            days.filter_map(|day| zone.from_local_datetime(&day.and_time(hour)).earliest());
        let just_now = now - TimeDelta::minutes(10);
        moments
            .map(|moment| Moment::from(moment.to_utc()))
            .find(|moment| *moment >= just_now)
    }
}

/// Ask a donor, on a page; opening it never answers.
#[utoipa::path(tag = "pages", security(()), params(("token" = String, Path)), responses((status = 200, body = str, content_type = "text/html"), Problems))]
#[get("/a/{token}")]
pub(in crate::calls::http) async fn show_answer_page(
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
#[utoipa::path(request_body(content = AnswerForm, content_type = "application/x-www-form-urlencoded"), tag = "pages", security(()), params(("token" = String, Path)), responses((status = 200, body = str, content_type = "text/html"), Problems))]
#[post("/a/{token}")]
pub(in crate::calls::http) async fn take_answer(
    app: Data<App>,
    anyone: Anyone,
    token: Path<String>,
    form: Form<AnswerForm>,
) -> Result<HttpResponse, Problem> {
    match answers::take(&app, &token.0, form.0.said(&app)?).await {
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
    let why = match problem.fields().first() {
        Some(field) => say(language, &field.phrase),
        None => problem.detail(language),
    };
    let words = Phrase::new(keys::CALL_PAGE_REFUSED).with("why", why);
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
    let mut sheet = Sheet::new(app, language, keys::CALL_PAGE_TITLE)
        .tell(Phrase::new(words).with("hospital", view.hospital.clone()))
        .fact(keys::CALL_PAGE_PLACE, view.place.clone())
        .fact(keys::CALL_PAGE_UNTIL, until(app, language, view.arrive_by));
    if let Some(note) = &view.note {
        sheet = sheet.fact(keys::CALL_PAGE_NOTE, note.clone());
    }
    if let Some(arriving_at) = view.arriving_at.filter(|_| is_open) {
        sheet = sheet.fact(keys::CALL_PAGE_ARRIVING, until(app, language, arriving_at));
    }
    sheet = offers(app, language, sheet, view);
    if is_open {
        let forms = forms(app, language, token, view.answer);
        sheet = forms.into_iter().fold(sheet, Sheet::form);
    }
    sheet.tell(keys::CALL_PAGE_TRUST)
}

/// Where somebody may go who said yes too late.
fn offers(app: &App, language: Language, sheet: Sheet, view: &AnswerView) -> Sheet {
    view.next_drives.iter().fold(sheet, |sheet, drive| {
        let named = Phrase::new(keys::CALL_PAGE_NEXT_DRIVE)
            .with("name", drive.name.as_str())
            .with("place", drive.place.as_str())
            .with("when", until(app, language, drive.starts_at));
        sheet.action(named, drive.link.clone())
    })
}

fn forms(app: &App, language: Language, token: &str, answer: Option<Answer>) -> Vec<SheetForm> {
    let button = |value: &str, label: Key, style| Button {
        name: "answer",
        value: value.to_owned(),
        label: say(language, &label.into()),
        style,
    };
    let form = |fields: Vec<Field>, buttons: Vec<Button>| SheetForm {
        action: format!("/a/{token}"),
        fields,
        buttons,
        ..SheetForm::default()
    };
    let yes = button("yes", keys::CALL_PAGE_YES_BUTTON, "first");
    let named = button("yes_named", keys::CALL_PAGE_YES_NAMED_BUTTON, "second");
    let no = button("no", keys::CALL_PAGE_NO_BUTTON, "second");
    let later = button("no_until", keys::CALL_PAGE_NO_UNTIL_BUTTON, "second");
    let stop = button("stop", keys::CALL_PAGE_STOP_BUTTON, "second");
    let mut forms = Vec::new();
    if answer != Some(Answer::Yes) {
        forms.push(form(vec![arriving(app, language)], vec![yes, named]));
    }
    if answer != Some(Answer::No) {
        forms.push(form(Vec::new(), vec![no]));
    }
    forms.push(form(vec![not_before(app, language)], vec![later]));
    forms.push(form(Vec::new(), vec![stop]));
    forms
}

fn arriving(app: &App, language: Language) -> Field {
    let usual = app.now() + USUAL_WAY;
    let local = usual.with_timezone(&app.settings.site.time_zone);
    Field {
        name: "arriving",
        kind: "time",
        label: say(language, &keys::CALL_PAGE_ARRIVING.into()),
        value: local.format("%H:%M").to_string(),
    }
}

fn not_before(app: &App, language: Language) -> Field {
    let month = app.today() + Days::new(30);
    Field {
        name: "until",
        kind: "date",
        label: say(language, &keys::CALL_PAGE_UNTIL_DAY.into()),
        value: month.to_string(),
    }
}
