//! Looking back: how one call went, and how those of each hospital went, month by month.
use super::asks::sent;
use super::bodies;
use super::views::{CallReviewView, HospitalReviews, Reviewed, ReviewsQuery};
use crate::calls::actions;
use crate::calls::model::{Call, CallId, Step};
use crate::calls::rules::{Asked, Story, review};
use crate::calls::store::{self, Ended};
use crate::organisations;
use crate::platform::App;
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::http::{CallKeeper, CallReader, Caller, Path, Problems, Query, Role};
use crate::platform::id::OrganisationId;
use crate::platform::language::{Phrase, keys};
use crate::platform::problem::{Kind, Problem};
use actix_web::get;
use actix_web::web::{Data, Json};
use chrono::{Days, NaiveDate, NaiveTime, TimeZone};
use chrono_tz::Tz;
use std::collections::HashMap;

/// Show how a call went: how long each step took, how many were asked for a unit, what each ring answered.
#[utoipa::path(tag = "calls", params(("id" = CallId, Path)), responses((status = 200, body = CallReviewView), Problems))]
#[get("/calls/{id}/review")]
pub(super) async fn review_call(
    app: Data<App>,
    caller: CallKeeper,
    id: Path<CallId>,
) -> Result<Json<CallReviewView>, Problem> {
    let bodies = bodies(&caller);
    let shown = app.db.read(move |conn| {
        let call = actions::owned(conn, id.0, &bodies)?;
        let told = told(conn, &[call.id])?;
        Ok::<_, Problem>(CallReviewView {
            call: call.id,
            state: call.state,
            units: call.units,
            review: review(&told.story(&call)),
        })
    });
    Ok(Json(shown.await?))
}

/// Show how the calls of a body's hospitals went, by hospital and the month in which they were posted.
#[utoipa::path(tag = "calls", params(("id" = OrganisationId, Path), ReviewsQuery), responses((status = 200, body = HospitalReviews), Problems))]
#[get("/organisations/{id}/call-reviews")]
pub(super) async fn review_calls(
    app: Data<App>,
    caller: CallReader,
    id: Path<OrganisationId>,
    query: Query<ReviewsQuery>,
) -> Result<Json<HospitalReviews>, Problem> {
    let zone = app.settings.site.time_zone;
    let (bodies, between) = (readable(&caller), between(&query.0, zone)?);
    let shown = app.db.read(move |conn| {
        if !organisations::covers(conn, &bodies, id.0)? {
            return Err(Problem::from(&Kind::NOT_FOUND));
        }
        let ended = store::ended(conn, id.0, between)?;
        let ids: Vec<CallId> = ended.iter().map(|one| one.call.id).collect();
        let told = told(conn, &ids)?;
        let reviewed = ended.into_iter().map(|one| told.reviewed(one, zone));
        Ok(HospitalReviews::from(reviewed.collect::<Vec<_>>()))
    });
    Ok(Json(shown.await?))
}

/// Who may read totals may read these.
fn readable(caller: &Caller) -> Vec<OrganisationId> {
    let mut readable = bodies(caller);
    readable.extend(caller.bodies(Role::Auditor));
    readable
}

/// More days are asked for in parts.
const MOST_DAYS: i64 = 366;

fn between(query: &ReviewsQuery, zone: Tz) -> Result<(Moment, Moment), Problem> {
    let days = (query.to - query.from).num_days();
    if !(0..=MOST_DAYS).contains(&days) {
        let range = Phrase::new(keys::FIELD_OUT_OF_RANGE)
            .with("min", query.from.to_string())
            .with("max", (query.from + Days::new(366)).to_string());
        return Err(Problem::field("to", range));
    }
    let after = query.to.succ_opt().unwrap_or(query.to);
    Ok((begin(query.from, zone), begin(after, zone)))
}

/// When a day begins; where the clocks skip midnight, when they have.
fn begin(day: NaiveDate, zone: Tz) -> Moment {
    let midnight = day.and_time(NaiveTime::MIN);
    let local = zone.from_local_datetime(&midnight).earliest();
    local
        .map_or_else(|| midnight.and_utc(), |local| local.to_utc())
        .into()
}

/// What was done with some calls, and whom they asked.
struct Told {
    steps: HashMap<CallId, Vec<Step>>,
    asks: HashMap<CallId, Vec<Asked>>,
}

fn told(conn: &mut Conn, ids: &[CallId]) -> Result<Told, Problem> {
    let mut told = Told {
        steps: HashMap::new(),
        asks: HashMap::new(),
    };
    for step in store::steps_of(conn, ids)? {
        told.steps.entry(step.call).or_default().push(step);
    }
    for (call, ask) in store::asked_for(conn, ids)? {
        told.asks.entry(call).or_default().push(sent(ask).asked);
    }
    Ok(told)
}

impl Told {
    fn story(&self, call: &Call) -> Story {
        Story {
            units: call.units,
            created_at: call.created_at,
            steps: self.steps.get(&call.id).cloned().unwrap_or_default(),
            asks: self.asks.get(&call.id).cloned().unwrap_or_default(),
        }
    }

    fn reviewed(&self, ended: Ended, zone: Tz) -> Reviewed {
        let story = self.story(&ended.call);
        let posted_on = ended.call.created_at.date_in(zone);
        Reviewed {
            month: posted_on.format("%Y-%m").to_string(),
            review: review(&story),
            asks: story.asks,
            ended,
        }
    }
}
