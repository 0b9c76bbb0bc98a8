//! `/d/{drive}`: what a shared link opens. Works without JavaScript and shows a preview in chats.
use super::views::places_left;
use crate::drives::actions::{self, Live};
use crate::drives::model::{Drive, DriveState};
use crate::drives::store::slots::{self, SlotPage, SlotRow};
use crate::platform::App;
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::http::Routes;
use crate::platform::http::sheet::Sheet;
use crate::platform::http::{Anyone, Path, Problems};
use crate::platform::id::DriveId;
use crate::platform::language::{Key, Language, Phrase, keys, say};
use crate::platform::problem::{Kind, Problem};
use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpResponse, get};
use chrono_tz::Tz;

/// Hours that stand on the page; the app shows all.
const MOST_SLOTS: i64 = 40;
/// Sessions that stand on the page.
const MOST_SESSIONS: usize = 8;

/// The page of this subject.
pub(crate) fn pages(config: &mut Routes<'_, '_>) {
    config.service(show_drive_page);
}

/// Show a drive on a page: where, when, how many places are left, how far it is.
#[utoipa::path(tag = "pages", security(()), params(("id" = String, Path)), 
    responses((status = 200, body = str, content_type = "text/html"), Problems, (status = 404, description = "A page that says it is not there.", body = str, content_type = "text/html")))]
#[get("/d/{id}")]
async fn show_drive_page(
    app: Data<App>,
    anyone: Anyone,
    path: Path<String>,
) -> Result<HttpResponse, Problem> {
    let Ok(id) = path.0.parse::<DriveId>() else {
        return gone(&app, anyone.language);
    };
    let now = app.now();
    match app.db.read(move |conn| look(conn, id, now)).await {
        Ok((live, slots)) => sheet(&app, anyone.language, (live, slots)).respond(),
        Err(absent) if absent.kind() == &Kind::NOT_FOUND => gone(&app, anyone.language),
        Err(problem) => Err(problem),
    }
}

fn look(conn: &mut Conn, id: DriveId, now: Moment) -> Result<(Live, Vec<SlotRow>), Problem> {
    let live = actions::live(conn, id, now)?;
    let page = SlotPage {
        drive: id,
        session: None,
        from: Some(now),
        after: None,
        reach: MOST_SLOTS,
    };
    Ok((live, slots::page(conn, &page)?))
}

fn gone(app: &App, language: Language) -> Result<HttpResponse, Problem> {
    let sheet = Sheet::new(app, language, keys::DRIVE_PAGE_GONE_TITLE);
    let mut answer = sheet
        .tell(keys::DRIVE_PAGE_GONE_TEXT)
        .action(keys::DRIVE_PAGE_OTHERS, "/app/drives")
        .respond()?;
    *answer.status_mut() = StatusCode::NOT_FOUND;
    Ok(answer)
}

fn sheet(app: &App, language: Language, (live, slots): (Live, Vec<SlotRow>)) -> Sheet {
    let drive = &live.detail.drive;
    let zone: Tz = drive
        .time_zone
        .parse()
        .unwrap_or(app.settings.site.time_zone);
    let title = Phrase::new(keys::DRIVE_PAGE_TITLE).with("name", drive.name.as_str());
    let mut sheet = Sheet::new(app, language, title).tell(lead(&live, language, (app.now(), zone)));
    for session in live.detail.sessions.iter().take(MOST_SESSIONS) {
        let row = &session.row;
        let hours = format!("{}–{}", hour(row.starts_at, zone), hour(row.ends_at, zone));
        let day = Phrase::new(keys::DRIVE_PAGE_SESSION)
            .with("day", language.long_date(row.held_on))
            .with("hours", hours);
        sheet = sheet.fact(day, format!("{}, {}", row.place, row.address));
    }
    sheet = sheet.fact(
        keys::DRIVE_PAGE_ORGANISER,
        live.detail.organiser_name.clone(),
    );
    let sheet = progress(sheet, &live, language);
    let is_open = drive.state == DriveState::Open;
    let sheet = if is_open {
        places(sheet, &slots, (language, zone))
    } else {
        sheet
    };
    let (label, address) = way_on(drive);
    sheet.action(label, address)
}

/// What a preview in a chat shows: the day, the place, and whether there is room.
fn lead(live: &Live, language: Language, (now, zone): (Moment, Tz)) -> Phrase {
    let places = places_left(&live.detail.sessions, now);
    let key = match live.detail.drive.state {
        DriveState::Cancelled => keys::DRIVE_PAGE_CANCELLED,
        DriveState::Completed | DriveState::Signed => keys::DRIVE_PAGE_OVER,
        DriveState::Running => keys::DRIVE_PAGE_RUNNING,
        DriveState::Open | DriveState::Draft if places > 0 => keys::DRIVE_PAGE_OPEN,
        DriveState::Open | DriveState::Draft => keys::DRIVE_PAGE_FULL,
    };
    let next = live.detail.sessions.iter().map(|session| &session.row);
    let next = next.min_by_key(|row| (row.ends_at <= now, row.starts_at));
    let words = Phrase::new(key).with("places", language.number(places));
    match next {
        Some(row) => words
            .with("day", language.long_date(row.starts_at.date_in(zone)))
            .with("place", row.place.as_str()),
        None => words.with("day", "").with("place", ""),
    }
}

fn progress(sheet: Sheet, live: &Live, language: Language) -> Sheet {
    let number = |count| language.number(count);
    let sheet = sheet.fact(keys::DRIVE_PAGE_REGISTERED, number(live.sums.registered));
    let collected = match live.detail.drive.target_units {
        Some(target) => say(
            language,
            &Phrase::new(keys::DRIVE_PAGE_OF_TARGET)
                .with("units", number(live.sums.collected))
                .with("target", number(target.into())),
        ),
        None => number(live.sums.collected),
    };
    sheet.fact(keys::DRIVE_PAGE_COLLECTED, collected)
}

fn places(sheet: Sheet, slots: &[SlotRow], (language, zone): (Language, Tz)) -> Sheet {
    let days: std::collections::BTreeSet<_> = slots
        .iter()
        .map(|slot| slot.starts_at.date_in(zone))
        .collect();
    slots.iter().fold(sheet, |sheet, slot| {
        let at = match days.len() {
            1 => hour(slot.starts_at, zone),
            _ => format!(
                "{} {}",
                language.short_date(slot.starts_at.date_in(zone)),
                hour(slot.starts_at, zone)
            ),
        };
        let left = i64::from((slot.capacity - slot.taken).max(0));
        let words = match left {
            0 => Phrase::new(keys::DRIVE_PAGE_SLOT_FULL),
            _ => Phrase::new(keys::DRIVE_PAGE_SLOT_LEFT).with("places", left),
        };
        let name = Phrase::new(keys::DRIVE_PAGE_SLOT).with("hour", at);
        sheet.fact(name, say(language, &words))
    })
}

fn way_on(drive: &Drive) -> (Key, String) {
    match drive.state {
        DriveState::Open => (keys::DRIVE_PAGE_BOOK, format!("/app/drives/{}", drive.id)),
        DriveState::Running => (keys::DRIVE_PAGE_SHOW, format!("/app/drives/{}", drive.id)),
        _ => (keys::DRIVE_PAGE_OTHERS, "/app/drives".to_owned()),
    }
}

fn hour(at: Moment, zone: Tz) -> String {
    at.with_timezone(&zone).format("%H:%M").to_string()
}
