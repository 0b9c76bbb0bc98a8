//! The page behind a message about a place: keep it, or give it up. Opening it never acts.
use crate::platform::App;
use crate::platform::http::sheet::{Button, Form as SheetForm, Sheet};
use crate::platform::http::{Anyone, Form, Path, Problems, link};
use crate::platform::id::PersonId;
use crate::platform::language::{Key, Language, keys, say};
use crate::platform::problem::{Kind, Problem};
use crate::registrations::actions::{self, Deed};
use crate::registrations::model::{RegistrationId, RegistrationState, Visit};
use crate::registrations::notices::{KEEP, registration_of};
use crate::registrations::store::{self, OwnRow};
use actix_web::web::Data;
use actix_web::{HttpResponse, get, post};
use serde::Deserialize;

/// What the buttons of the page send.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Choice {
    /// They come.
    Keep,
    /// They do not.
    GiveUp,
}

/// The form of the page.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct KeepForm {
    act: Choice,
}

/// Ask whether somebody keeps their place, on a page; opening it changes nothing.
#[utoipa::path(tag = "pages", security(()), params(("token" = String, Path)), responses((status = 200, body = str, content_type = "text/html"), Problems))]
#[get("/k/{token}")]
pub(crate) async fn show_place_page(
    app: Data<App>,
    anyone: Anyone,
    token: Path<String>,
) -> Result<HttpResponse, Problem> {
    match place(&app, &token.0).await? {
        Some((_, row)) => sheet(&app, anyone.language, &row, None)
            .form(buttons(&app, anyone.language, &token.0, &row))
            .respond(),
        None => Sheet::dead_link(&app, anyone.language).respond(),
    }
}

/// Keep a place or give it up, by the page's buttons.
#[utoipa::path(request_body(content = KeepForm, content_type = "application/x-www-form-urlencoded"), tag = "pages", security(()), params(("token" = String, Path)), responses((status = 200, body = str, content_type = "text/html"), Problems))]
#[post("/k/{token}")]
pub(crate) async fn keep_or_give_up(
    app: Data<App>,
    anyone: Anyone,
    token: Path<String>,
    form: Form<KeepForm>,
) -> Result<HttpResponse, Problem> {
    let Some((person, row)) = place(&app, &token.0).await? else {
        return Sheet::dead_link(&app, anyone.language).respond();
    };
    let is_given_up = form.0.act == Choice::GiveUp && is_ahead(&app, &row);
    if is_given_up {
        give_up(&app, person, row.registration.id).await?;
    }
    let (_, now) = place(&app, &token.0).await?.unwrap_or((person, row));
    sheet(&app, anyone.language, &now, Some(form.0.act)).respond()
}

/// Whose place the link is about, and how it stands now; none when the link is not ours.
async fn place(app: &App, token: &str) -> Result<Option<(PersonId, OwnRow)>, Problem> {
    let Some(notice) = link::notice(app, KEEP, token).await? else {
        return Ok(None);
    };
    let person = notice.person;
    let id = registration_of(&notice)?;
    let row = app.db.read(move |conn| store::find_own_row(conn, id)).await;
    match row {
        Ok(row) if row.registration.person == person => Ok(Some((person, row))),
        Ok(_) => Ok(None),
        Err(gone) if gone.kind() == &Kind::NOT_FOUND => Ok(None),
        Err(problem) => Err(problem),
    }
}

async fn give_up(app: &App, person: PersonId, id: RegistrationId) -> Result<(), Problem> {
    let deed = Deed::of(app, person);
    app.db
        .write(move |conn| {
            let visit = Visit::find(conn, id)?;
            actions::cancel(conn, &deed, &visit)
        })
        .await
}

/// A place that can still be kept or given up.
fn is_ahead(app: &App, row: &OwnRow) -> bool {
    let is_theirs = matches!(
        row.registration.state,
        RegistrationState::Booked | RegistrationState::Offered | RegistrationState::Waitlisted
    );
    is_theirs && row.session_ends_at > app.now()
}

fn sheet(app: &App, language: Language, row: &OwnRow, said: Option<Choice>) -> Sheet {
    let words: Key = match row.registration.state {
        RegistrationState::Cancelled => keys::PLACE_PAGE_GIVEN_UP,
        _ if !is_ahead(app, row) => keys::PLACE_PAGE_OVER,
        _ if said == Some(Choice::Keep) => keys::PLACE_PAGE_KEPT,
        _ => keys::PLACE_PAGE_ASK,
    };
    let zone = row.time_zone.parse().unwrap_or(app.settings.site.time_zone);
    let begins = row.slot_starts_at.unwrap_or(row.session_starts_at);
    let local = begins.with_timezone(&zone);
    let sheet = Sheet::new(app, language, keys::PLACE_PAGE_TITLE)
        .tell(words)
        .fact(keys::PLACE_PAGE_DRIVE, row.drive_name.clone())
        .fact(keys::PLACE_PAGE_DAY, language.long_date(local.date_naive()))
        .fact(keys::PLACE_PAGE_HOUR, local.format("%H:%M").to_string())
        .fact(
            keys::PLACE_PAGE_PLACE,
            format!("{}, {}", row.place, row.address),
        );
    if row.registration.state == RegistrationState::Cancelled {
        sheet.action(keys::PLACE_PAGE_OTHERS, app.link("/app/drives"))
    } else {
        sheet
    }
}

fn buttons(app: &App, language: Language, token: &str, row: &OwnRow) -> SheetForm {
    let button = |value: &str, label: Key, style| Button {
        name: "act",
        value: value.to_owned(),
        label: say(language, &label.into()),
        style,
    };
    let both = vec![
        button("keep", keys::PLACE_PAGE_KEEP_BUTTON, "first"),
        button("give-up", keys::PLACE_PAGE_GIVE_UP_BUTTON, "second"),
    ];
    SheetForm {
        action: format!("/k/{token}"),
        buttons: if is_ahead(app, row) { both } else { Vec::new() },
        ..SheetForm::default()
    }
}
