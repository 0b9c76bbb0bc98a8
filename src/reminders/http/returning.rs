//! The page behind a reminder: the nearest drives with their hours, and one press that books. Opening it never acts.
use super::open;
use crate::drives::model::SlotId;
use crate::platform::App;
use crate::platform::http::sheet::{Button, Form as SheetForm, Sheet};
use crate::platform::http::{Anyone, Form, Path, Problems};
use crate::platform::language::{Language, Phrase, keys, say};
use crate::platform::notices::Notice;
use crate::platform::problem::{Kind, Problem};
use crate::registrations::model::Deed;
use crate::reminders::actions;
use crate::reminders::model::{Offer, Place, RETURN, Standing};
use actix_web::web::Data;
use actix_web::{HttpResponse, get, post};
use chrono_tz::Tz;
use serde::Deserialize;

/// What a button says that is no hour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum ReturnAct {
    /// Not now: ask in a month.
    Later,
}

/// What the buttons of the page send: an hour, or that it is not now.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ReturnForm {
    slot: Option<SlotId>,
    act: Option<ReturnAct>,
}

/// Show the nearest drives with hours to choose, on a page; opening it books nothing.
#[utoipa::path(tag = "pages", security(()), params(("token" = String, Path)), responses((status = 200, body = str, content_type = "text/html"), Problems))]
#[get("/r/{token}")]
pub(super) async fn show_return_page(
    app: Data<App>,
    anyone: Anyone,
    token: Path<String>,
) -> Result<HttpResponse, Problem> {
    match open(&app, RETURN, &token.0).await? {
        Some(notice) => page(&app, &anyone, (&token.0, notice), None).await,
        None => Sheet::dead_link(&app, anyone.language).respond(),
    }
}

/// Book an hour, or ask to be told again in a month, by the page's buttons.
#[utoipa::path(request_body(content = ReturnForm, content_type = "application/x-www-form-urlencoded"), tag = "pages", security(()), params(("token" = String, Path)), responses((status = 200, body = str, content_type = "text/html"), Problems))]
#[post("/r/{token}")]
pub(super) async fn book_or_ask_later(
    app: Data<App>,
    anyone: Anyone,
    token: Path<String>,
    form: Form<ReturnForm>,
) -> Result<HttpResponse, Problem> {
    let Some(notice) = open(&app, RETURN, &token.0).await? else {
        return Sheet::dead_link(&app, anyone.language).respond();
    };
    let refused = match act(&app, notice.clone(), &form.0).await {
        Err(problem) if is_ours(&problem) => return Err(problem),
        done => done.err().map(|problem| problem.detail(anyone.language)),
    };
    page(&app, &anyone, (&token.0, notice), refused).await
}

/// Nothing the reader could help.
fn is_ours(problem: &Problem) -> bool {
    problem.kind() == &Kind::OVERLOADED || problem.kind().status >= 500
}

async fn act(app: &App, notice: Notice, form: &ReturnForm) -> Result<(), Problem> {
    let deed = Deed::of(app, notice.person);
    let settings = app.settings.clone();
    match (form.slot, form.act) {
        (Some(slot), _) => {
            app.db
                .write(move |conn| actions::book(conn, &deed, &notice, slot))
                .await
        }
        (None, Some(ReturnAct::Later)) => {
            app.db
                .write(move |conn| actions::ask_later(conn, &deed, &settings, &notice))
                .await
        }
        (None, None) => Ok(()),
    }
}

/// How it stands now, with what could not be done on top.
async fn page(
    app: &App,
    anyone: &Anyone,
    (token, notice): (&str, Notice),
    refused: Option<String>,
) -> Result<HttpResponse, Problem> {
    let (settings, now) = (app.settings.clone(), app.now());
    let read = app
        .db
        .read(move |conn| actions::standing(conn, (&settings, now), &notice));
    let standing = match read.await {
        Err(gone) if gone.kind() == &Kind::NOT_FOUND => {
            return Sheet::dead_link(app, anyone.language).respond();
        }
        standing => standing?,
    };
    let mut sheet = Sheet::new(app, anyone.language, keys::RETURN_PAGE_TITLE);
    if let Some(why) = refused {
        sheet = sheet.tell(Phrase::new(keys::RETURN_PAGE_REFUSED).with("why", why));
    }
    show(app, anyone.language, sheet, (token, &standing)).respond()
}

fn show(app: &App, language: Language, sheet: Sheet, (token, how): (&str, &Standing)) -> Sheet {
    let drives = app.link("/app/drives");
    match how {
        Standing::Expected(place) => expected(app, language, sheet, place)
            .action(keys::RETURN_PAGE_MINE, app.link("/app/me/registrations")),
        Standing::Used => sheet
            .tell(keys::RETURN_PAGE_USED)
            .action(keys::RETURN_PAGE_ALL_DRIVES, drives),
        Standing::Later => sheet
            .tell(keys::RETURN_PAGE_LATER)
            .action(keys::RETURN_PAGE_ALL_DRIVES, drives),
        Standing::NotYet => sheet
            .tell(keys::RETURN_PAGE_NOT_YET)
            .action(keys::RETURN_PAGE_ALL_DRIVES, drives),
        Standing::Free(offers) => {
            free(app, language, sheet, (token, offers)).link(keys::RETURN_PAGE_ALL_DRIVES, drives)
        }
    }
}

fn expected(app: &App, language: Language, sheet: Sheet, place: &Place) -> Sheet {
    let local = place.begins.with_timezone(&zone(app, &place.time_zone));
    sheet
        .tell(keys::RETURN_PAGE_EXPECTED)
        .fact(keys::PLACE_PAGE_DRIVE, place.drive.clone())
        .fact(keys::PLACE_PAGE_DAY, language.long_date(local.date_naive()))
        .fact(keys::PLACE_PAGE_HOUR, local.format("%H:%M").to_string())
        .fact(
            keys::PLACE_PAGE_PLACE,
            format!("{}, {}", place.place, place.address),
        )
}

fn free(app: &App, language: Language, sheet: Sheet, (token, offers): (&str, &[Offer])) -> Sheet {
    let words = if offers.is_empty() {
        keys::RETURN_PAGE_NOTHING_NEAR
    } else {
        keys::RETURN_PAGE_CHOOSE
    };
    let action = format!("/r/{token}");
    let forms = offers
        .iter()
        .map(|offer| hours(app, language, &action, offer));
    let later = SheetForm {
        action: action.clone(),
        buttons: vec![Button {
            name: "act",
            value: "later".to_owned(),
            label: say(language, &keys::RETURN_PAGE_LATER_BUTTON.into()),
            style: "second",
        }],
        ..SheetForm::default()
    };
    forms.chain([later]).fold(sheet.tell(words), Sheet::form)
}

fn hours(app: &App, language: Language, action: &str, offer: &Offer) -> SheetForm {
    let drive = &offer.drive;
    let zone = zone(app, &drive.time_zone);
    let button = |slot: &crate::drives::model::FreeSlot| Button {
        name: "slot",
        value: slot.id.to_string(),
        label: slot
            .starts_at
            .with_timezone(&zone)
            .format("%H:%M")
            .to_string(),
        style: "first",
    };
    let km = f64::from(i32::try_from(drive.distance_m).unwrap_or(i32::MAX)) / 1000.0;
    let day = drive.starts_at.date_in(zone);
    let note = Phrase::new(keys::RETURN_PAGE_DRIVE)
        .with("day", language.long_date(day))
        .with("place", format!("{}, {}", drive.place, drive.address))
        .with("km", language.decimal(km, 1));
    SheetForm {
        action: action.to_owned(),
        heading: drive.name.clone(),
        note: say(language, &note),
        buttons: offer.slots.iter().map(button).collect(),
        ..SheetForm::default()
    }
}

fn zone(app: &App, name: &str) -> Tz {
    name.parse().unwrap_or(app.settings.site.time_zone)
}
