//! How coordinators hold reminders back, and what became of those that went out.
use crate::organisations;
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::id::OrganisationId;
use crate::platform::problem::{Kind, Problem};
use crate::registrations::model::Deed;
use crate::reminders::model::{DayResult, Paused};
use crate::reminders::store;
use chrono::NaiveDate;
use chrono_tz::Tz;
use diesel::QueryResult;

/// Lets no reminders go out for a body up to this day, or lets them go again.
pub(in crate::reminders) fn set_pause(
    conn: &mut Conn,
    deed: &Deed,
    bodies: &[OrganisationId],
    (body, until): (OrganisationId, Option<NaiveDate>),
) -> Result<(), Problem> {
    guard(conn, bodies, body)?;
    match until {
        Some(until) => store::pause(conn, body, until, (deed.by, deed.now))?,
        None => store::lift(conn, body)?,
    }
    Ok(())
}

/// The pause that holds for a body, its own or that of one above.
pub(in crate::reminders) fn show_pause(
    conn: &mut Conn,
    bodies: &[OrganisationId],
    body: OrganisationId,
    on: NaiveDate,
) -> Result<Option<Paused>, Problem> {
    guard(conn, bodies, body)?;
    Ok(store::pause_of(conn, body, on)?)
}

pub(super) fn guard(
    conn: &mut Conn,
    bodies: &[OrganisationId],
    body: OrganisationId,
) -> Result<(), Problem> {
    if organisations::covers(conn, bodies, body)? {
        Ok(())
    } else {
        Err((&Kind::NOT_FOUND).into())
    }
}

/// What became of the reminders of each of these days, of the clubs below these bodies.
pub(in crate::reminders) fn results(
    conn: &mut Conn,
    bodies: &[OrganisationId],
    (from, to): (NaiveDate, NaiveDate),
    zone: Tz,
) -> QueryResult<Vec<(NaiveDate, DayResult)>> {
    let mut results = Vec::new();
    for day in from.iter_days().take_while(|day| *day <= to) {
        let begins = Moment::at_hour(day, 0, zone);
        let ends = day
            .succ_opt()
            .and_then(|next| Moment::at_hour(next, 0, zone));
        if let (Some(begins), Some(ends)) = (begins, ends) {
            results.push((day, store::of_day(conn, bodies, (day, (begins, ends)))?));
        }
    }
    Ok(results)
}
