//! Two of the pages behind a reminder's links: stop, and "I gave elsewhere". Opening them never acts.
use super::open;
use crate::blood::Component;
use crate::donors;
use crate::donors::model::{Gift, GiftSource};
use crate::eligibility::find_rules;
use crate::people::{ConsentChange, ConsentSource, Purpose};
use crate::platform::App;
use crate::platform::http::sheet::{Button, Field, Form as SheetForm, Sheet};
use crate::platform::http::{Anyone, Form, Path, Problems, link};
use crate::platform::id::PersonId;
use crate::platform::language::{Key, Language, Phrase, keys, say};
use crate::platform::problem::Problem;
use crate::registrations::model::Deed;
use crate::reminders::actions;
use crate::reminders::model::{ELSEWHERE, STOP};
use actix_web::web::Data;
use actix_web::{HttpResponse, get, post};
use chrono::NaiveDate;
use serde::Deserialize;

fn button(language: Language, label: Key) -> Button {
    Button {
        name: "act",
        value: "yes".to_owned(),
        label: say(language, &label.into()),
        style: "first",
    }
}

/// Ask whether reminders shall stop.
#[utoipa::path(tag = "pages", security(()), params(("token" = String, Path)), responses((status = 200, body = str, content_type = "text/html"), Problems))]
#[get("/u/{token}")]
pub(super) async fn show_stop_page(
    app: Data<App>,
    anyone: Anyone,
    token: Path<String>,
) -> Result<HttpResponse, Problem> {
    if link::notice(&app, STOP, &token.0).await?.is_none() {
        return Sheet::dead_link(&app, anyone.language).respond();
    }
    let form = SheetForm {
        action: format!("/u/{}", token.0),
        buttons: vec![button(anyone.language, keys::REMINDER_STOP_BUTTON)],
        ..SheetForm::default()
    };
    Sheet::new(&app, anyone.language, keys::REMINDER_STOP_TITLE)
        .tell(keys::REMINDER_STOP_ASK)
        .form(form)
        .respond()
}

/// Stop reminders: from the page's button, or by a mail program's one click.
#[utoipa::path(tag = "pages", security(()), params(("token" = String, Path)), responses((status = 200, body = str, content_type = "text/html"), Problems))]
#[post("/u/{token}")]
pub(super) async fn stop_reminders(
    app: Data<App>,
    anyone: Anyone,
    token: Path<String>,
) -> Result<HttpResponse, Problem> {
    let Some(notice) = link::notice(&app, STOP, &token.0).await? else {
        return Sheet::dead_link(&app, anyone.language).respond();
    };
    let change = no_more(&app, notice.person);
    let rules = find_rules(&app.settings.eligibility.rule_set).map_err(Problem::internal)?;
    app.db
        .write(move |conn| donors::joining::set_consent(conn, rules, &change))
        .await?;
    Sheet::new(&app, anyone.language, keys::REMINDER_STOP_TITLE)
        .tell(keys::REMINDER_STOP_DONE)
        .respond()
}

/// A no to reminders, said by a link.
fn no_more(app: &App, person: PersonId) -> ConsentChange {
    ConsentChange {
        id: app.id(),
        person,
        purpose: Purpose::Reminders,
        is_granted: false,
        text_version: Purpose::text_version(),
        source: ConsentSource::Link,
        recorded_by: None,
        form: None,
        given_at: app.now(),
    }
}

/// Ask on which day somebody gave elsewhere.
#[utoipa::path(tag = "pages", security(()), params(("token" = String, Path)), responses((status = 200, body = str, content_type = "text/html"), Problems))]
#[get("/g/{token}")]
pub(super) async fn show_elsewhere_page(
    app: Data<App>,
    anyone: Anyone,
    token: Path<String>,
) -> Result<HttpResponse, Problem> {
    let Some(notice) = open(&app, ELSEWHERE, &token.0).await? else {
        return Sheet::dead_link(&app, anyone.language).respond();
    };
    let sheet = Sheet::new(&app, anyone.language, keys::REMINDER_ELSEWHERE_TITLE);
    let told = app.db.read(move |conn| actions::has_told(conn, &notice));
    if told.await? {
        return sheet.tell(said(false)).respond();
    }
    sheet
        .tell(keys::REMINDER_ELSEWHERE_ASK)
        .form(gift_form(&app, &anyone, &token.0))
        .respond()
}

fn gift_form(app: &App, anyone: &Anyone, token: &str) -> SheetForm {
    let day = Field {
        name: "on",
        kind: "date",
        label: say(anyone.language, &keys::REMINDER_ELSEWHERE_DAY.into()),
        value: app.today().to_string(),
    };
    SheetForm {
        action: format!("/g/{token}"),
        fields: vec![day],
        buttons: vec![button(anyone.language, keys::REMINDER_ELSEWHERE_BUTTON)],
        ..SheetForm::default()
    }
}

/// What the form of that page sends.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct GiftForm {
    on: NaiveDate,
    #[serde(rename = "act")]
    _act: Option<String>,
}

/// Note a donation given elsewhere.
#[utoipa::path(request_body(content = GiftForm, content_type = "application/x-www-form-urlencoded"), tag = "pages", security(()), params(("token" = String, Path)), responses((status = 200, body = str, content_type = "text/html"), Problems))]
#[post("/g/{token}")]
pub(super) async fn tell_of_gift(
    app: Data<App>,
    anyone: Anyone,
    token: Path<String>,
    form: Form<GiftForm>,
) -> Result<HttpResponse, Problem> {
    let Some(notice) = open(&app, ELSEWHERE, &token.0).await? else {
        return Sheet::dead_link(&app, anyone.language).respond();
    };
    let gift = gift(&app, notice.person, form.0.on)?;
    let rules = find_rules(&app.settings.eligibility.rule_set).map_err(Problem::internal)?;
    let deed = Deed::of(&app, notice.person);
    let write = app
        .db
        .write(move |conn| actions::tell_elsewhere(conn, &deed, &notice, (rules, &gift)));
    let is_new = write.await?;
    Sheet::new(&app, anyone.language, keys::REMINDER_ELSEWHERE_TITLE)
        .tell(said(is_new))
        .respond()
}

fn said(is_new: bool) -> Key {
    if is_new {
        keys::REMINDER_ELSEWHERE_DONE
    } else {
        keys::REMINDER_ELSEWHERE_TOLD
    }
}

/// A gift of whole blood on a day that has come.
fn gift(app: &App, person: PersonId, given_on: NaiveDate) -> Result<Gift, Problem> {
    if given_on > app.today() {
        return Err(Problem::field("on", Phrase::new(keys::FIELD_IN_THE_FUTURE)));
    }
    Ok(Gift {
        id: app.id(),
        person,
        component: Component::WholeBlood,
        given_on,
        source: GiftSource::Declared,
        donation: None,
        place: None,
        created_by: Some(person),
    })
}
