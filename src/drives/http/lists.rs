//! The list of drives and its calendar.
use super::queries::{CalendarQuery, DriveQuery};
use super::views::CardView;
use crate::drives::actions::{self, Listed};
use crate::drives::model::{Drive, DriveState};
use crate::drives::rules::Filter;
use crate::drives::store::{ByDay, ByDistance, SessionRow};
use crate::platform::App;
use crate::platform::http::{Anyone, Page, Paged, Problems, Query, Role};
use crate::platform::id::OrganisationId;
use crate::platform::problem::{Kind, Problem};
use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, get};
use icalendar::{Calendar, Component, Event, EventLike, EventStatus};

/// List drives by day, or by distance from a point.
#[utoipa::path(tag = "drives", security(()), params(DriveQuery), responses((status = 200, body = Paged<CardView>), Problems))]
#[get("/drives")]
pub(super) async fn list_drives(
    app: Data<App>,
    anyone: Anyone,
    query: Query<DriveQuery>,
) -> Result<Json<Paged<CardView>>, Problem> {
    let query = query.0;
    let filter = query.asked(&app, &anyone)?;
    let bodies = own_bodies(anyone);
    let page = match filter.around {
        None => {
            let page = Page::<ByDay>::of(query.limit, query.after.as_deref())?;
            stay_within(&filter, &page)?;
            let listed = move |conn: &mut _| actions::list_by_day(conn, filter, &page, &bodies);
            app.db.read(listed).await?
        }
        Some(around) => {
            let page = Page::<ByDistance>::of(query.limit, query.after.as_deref())?;
            let asked = (filter, around);
            let listed = move |conn: &mut _| actions::list_near(conn, asked, &page, &bodies);
            app.db.read(listed).await?
        }
    };
    Ok(Json(page.map(|listed: Listed| {
        CardView::of(listed.card, listed.distance_m)
    })))
}

/// Where the caller sees drafts.
fn own_bodies(anyone: Anyone) -> Vec<OrganisationId> {
    let caller = anyone.caller;
    caller.map_or_else(Vec::new, |caller| caller.bodies(Role::Coordinator))
}

/// A cursor of another period leads nowhere.
fn stay_within(filter: &Filter, page: &Page<ByDay>) -> Result<(), Problem> {
    if page.after.is_some_and(|(day, _)| !filter.period.holds(day)) {
        return Err((&Kind::STALE_CURSOR).into());
    }
    Ok(())
}

/// The same as a calendar to subscribe to: one event a session.
#[utoipa::path(tag = "drives", security(()), params(CalendarQuery), responses((status = 200, content_type = "text/calendar", body = String), Problems))]
#[get("/drives.ics")]
pub(super) async fn show_calendar(
    app: Data<App>,
    _anyone: Anyone,
    query: Query<CalendarQuery>,
) -> Result<HttpResponse, Problem> {
    let filter = query.0.read(&app)?;
    let sessions = app
        .db
        .read(move |conn| actions::calendar(conn, &filter))
        .await?;
    let mut calendar = Calendar::new();
    calendar.name(&app.settings.site.name);
    for (drive, session) in sessions {
        calendar.push(event(&app, &drive, &session));
    }
    Ok(HttpResponse::Ok()
        .content_type("text/calendar; charset=utf-8")
        .body(calendar.to_string()))
}

/// The id stays the same for as long as the session lives, so that calendars update instead of doubling.
fn event(app: &App, drive: &Drive, session: &SessionRow) -> Event {
    let host = app.settings.site.public_url.split("://").last();
    let mut event = Event::new();
    event
        .uid(&format!("{}@{}", session.id, host.unwrap_or_default()))
        .timestamp(*drive.changed_at)
        .last_modified(*drive.changed_at)
        .starts(*session.starts_at)
        .ends(*session.ends_at)
        .summary(&drive.name)
        .location(&format!("{}, {}", session.place, session.address))
        .url(&app.link(&format!("/d/{}", drive.id)));
    if drive.state == DriveState::Cancelled {
        event.status(EventStatus::Cancelled);
    }
    event.done()
}
