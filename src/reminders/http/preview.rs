//! Who would be reminded on a day and who would not, before it happens.
use super::queries::PreviewQuery;
use crate::platform::App;
use crate::platform::clock::Moment;
use crate::platform::http::{Coordinator, Page, Paged, Problems, Query, Role};
use crate::platform::id::{OrganisationId, PersonId};
use crate::platform::language::{Phrase, keys};
use crate::platform::notices::Judge;
use crate::platform::problem::Problem;
use crate::reminders::actions::{self, Looked, Looking};
use crate::reminders::model::Reason;
use crate::reminders::store::Position;
use actix_web::get;
use actix_web::web::{Data, Json};
use chrono::{Days, NaiveDate};
use serde::Serialize;
use utoipa::ToSchema;

/// How far ahead one may look: farther, a day would tell when somebody gave.
const AHEAD: Days = Days::new(31);

/// Somebody whose time has come: a name and a club, never a day.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct PreviewView {
    person: PersonId,
    /// Null where they do not let others see that they may give.
    name: Option<String>,
    /// Whose people they are.
    club: OrganisationId,
    club_name: String,
    /// Signed in once; who was only listed is written to with their consent on paper.
    is_claimed: bool,
    /// Where they are told once more: so many days after the first time.
    after_days: Option<i64>,
    is_reminded: bool,
    /// Why not.
    reason: Option<Reason>,
}

impl From<Looked> for PreviewView {
    fn from(Looked { who, after, reason }: Looked) -> Self {
        Self {
            person: who.person,
            name: who.name,
            club: who.club,
            club_name: who.club_name,
            is_claimed: who.is_claimed,
            after_days: after,
            is_reminded: reason.is_none(),
            reason,
        }
    }
}

/// Show who would be reminded on a day, the first time or once more, who would not, and why, by club.
#[utoipa::path(tag = "reminders", params(PreviewQuery), responses((status = 200, body = Paged<PreviewView>), Problems))]
#[get("/reminders/preview")]
pub(super) async fn preview_reminders(
    app: Data<App>,
    caller: Coordinator,
    query: Query<PreviewQuery>,
) -> Result<Json<Paged<PreviewView>>, Problem> {
    let query = query.0;
    let page = Page::<Position>::of(query.limit, query.after.as_deref())?;
    let looking = Looking {
        on: read_day(query.on, app.today())?,
        today: app.today(),
        bodies: caller.bodies(Role::Coordinator),
        within: query.organisation,
        after: page.after.clone(),
        most: page.reach(),
    };
    let settings = app.settings.clone();
    let (hour, zone) = (settings.reminders.hour, settings.site.time_zone);
    let leaves = Moment::at_hour(looking.on, hour, zone).map_or(app.now(), |at| at.max(app.now()));
    let judge = Judge::of(&app).at(leaves);
    let rows = app
        .db
        .read(move |conn| actions::preview(conn, (&settings, &judge), &looking));
    let key = |row: &Looked| (row.who.club_search.clone(), row.who.club, row.who.person);
    Ok(Json(page.cut(rows.await?, key).map(PreviewView::from)))
}

fn read_day(on: Option<NaiveDate>, today: NaiveDate) -> Result<NaiveDate, Problem> {
    let (on, last) = (on.unwrap_or(today), today + AHEAD);
    if (today..=last).contains(&on) {
        return Ok(on);
    }
    let phrase = Phrase::new(keys::FIELD_OUT_OF_RANGE)
        .with("min", today.to_string())
        .with("max", last.to_string());
    Err(Problem::field("on", phrase))
}
