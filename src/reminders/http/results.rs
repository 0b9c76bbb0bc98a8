//! What became of reminders, day by day.
use super::queries::ResultsQuery;
use crate::platform::App;
use crate::platform::http::{Coordinator, Problems, Query, Role};
use crate::platform::language::{Phrase, keys};
use crate::platform::problem::Problem;
use crate::reminders::actions;
use crate::reminders::model::DayResult;
use actix_web::get;
use actix_web::web::{Data, Json};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

/// Most days in one answer.
const MOST: i64 = 92;

/// The reminders of one day.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ResultView {
    /// The day.
    on: NaiveDate,
    /// How many left, also those that failed afterwards.
    sent: i64,
    /// How many arrived, as far as one can know: mails and pushes that were taken, SMS with a receipt, what a lead ticked
    /// off, what was seen in the inbox.
    delivered: i64,
    /// How many were followed by a booking within seven days.
    booked: i64,
    /// What they cost, in dong.
    cost: i64,
}

impl From<(NaiveDate, DayResult)> for ResultView {
    fn from((on, day): (NaiveDate, DayResult)) -> Self {
        Self {
            on,
            sent: day.sent,
            delivered: day.delivered,
            booked: day.booked,
            cost: day.cost,
        }
    }
}

/// What became of reminders.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ReminderResultsView {
    /// Every day, the first one first.
    items: Vec<ResultView>,
}

/// Show what became of reminders: sent, delivered, booked within seven days, and their cost, day by day.
#[utoipa::path(tag = "reminders", params(ResultsQuery), responses((status = 200, body = ReminderResultsView), Problems))]
#[get("/reminders/results")]
pub(super) async fn show_results(
    app: Data<App>,
    caller: Coordinator,
    query: Query<ResultsQuery>,
) -> Result<Json<ReminderResultsView>, Problem> {
    let (from, to) = (query.0.from, query.0.to);
    check(from, to)?;
    let (bodies, zone) = (
        caller.bodies(Role::Coordinator),
        app.settings.site.time_zone,
    );
    let days = app
        .db
        .read(move |conn| actions::results(conn, &bodies, (from, to), zone));
    let items = days.await?.into_iter().map(ResultView::from).collect();
    Ok(Json(ReminderResultsView { items }))
}

fn check(from: NaiveDate, to: NaiveDate) -> Result<(), Problem> {
    if from > to {
        return Err(Problem::field("to", Phrase::new(keys::FIELD_WRONG_ORDER)));
    }
    if (to - from).num_days() < MOST {
        return Ok(());
    }
    let last = from + chrono::TimeDelta::days(MOST - 1);
    let phrase = Phrase::new(keys::FIELD_OUT_OF_RANGE)
        .with("min", from.to_string())
        .with("max", last.to_string());
    Err(Problem::field("to", phrase))
}
