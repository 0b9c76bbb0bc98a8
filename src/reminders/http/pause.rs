//! Holding reminders back for a body and all below it.
use crate::platform::App;
use crate::platform::http::{Body, Coordinator, Path, Problems, Role};
use crate::platform::id::OrganisationId;
use crate::platform::language::{Phrase, keys};
use crate::platform::problem::Problem;
use crate::registrations::model::Deed;
use crate::reminders::actions;
use crate::reminders::model::Paused;
use actix_web::web::{Data, Json};
use actix_web::{get, put};
use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A pause ends by itself after a year at the latest.
const LONGEST: Days = Days::new(366);

/// Until when no reminders go out.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ReminderPauseRequest {
    /// The last day of the pause; null or left out: reminders go out.
    paused_until: Option<NaiveDate>,
}

/// Whether reminders of a body go out.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct RemindersView {
    /// The last day of the pause; null while reminders go out.
    paused_until: Option<NaiveDate>,
    /// The body whose pause it is: this one or one above.
    paused_by: Option<OrganisationId>,
}

impl From<Option<Paused>> for RemindersView {
    fn from(pause: Option<Paused>) -> Self {
        Self {
            paused_until: pause.map(|pause| pause.until),
            paused_by: pause.map(|pause| pause.by),
        }
    }
}

/// Show whether reminders of a body go out.
#[utoipa::path(tag = "reminders", params(("id" = OrganisationId, Path)), responses((status = 200, body = RemindersView), Problems))]
#[get("/organisations/{id}/reminders")]
pub(super) async fn show_reminders(
    app: Data<App>,
    caller: Coordinator,
    path: Path<OrganisationId>,
) -> Result<Json<RemindersView>, Problem> {
    let (bodies, today) = (caller.bodies(Role::Coordinator), app.today());
    let pause = app
        .db
        .read(move |conn| actions::show_pause(conn, &bodies, path.0, today));
    Ok(Json(pause.await?.into()))
}

/// Hold reminders of a body and all below it back up to a day, or let them go out again.
#[utoipa::path(tag = "reminders", request_body = ReminderPauseRequest, params(("id" = OrganisationId, Path)),
    responses((status = 200, body = RemindersView), Problems))]
#[put("/organisations/{id}/reminders")]
pub(super) async fn pause_reminders(
    app: Data<App>,
    caller: Coordinator,
    path: Path<OrganisationId>,
    body: Body<ReminderPauseRequest>,
) -> Result<Json<RemindersView>, Problem> {
    let (until, today) = (body.value.paused_until, app.today());
    if let Some(until) = until {
        check(until, today)?;
    }
    let (deed, bodies) = (
        Deed::of(&app, caller.person()),
        caller.bodies(Role::Coordinator),
    );
    let pause = app.db.write(move |conn| {
        actions::set_pause(conn, &deed, &bodies, (path.0, until))?;
        actions::show_pause(conn, &bodies, path.0, today)
    });
    Ok(Json(pause.await?.into()))
}

fn check(until: NaiveDate, today: NaiveDate) -> Result<(), Problem> {
    let last = today + LONGEST;
    if (today..=last).contains(&until) {
        return Ok(());
    }
    let phrase = Phrase::new(keys::FIELD_OUT_OF_RANGE)
        .with("min", today.to_string())
        .with("max", last.to_string());
    Err(Problem::field("paused_until", phrase))
}
