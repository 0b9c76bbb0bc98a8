//! Whose day has come, a page at a time, and who was asked when.
use super::super::model::ALWAYS;
use super::super::reach::Due;
use crate::platform::db::Conn;
use crate::platform::db::schema::donors;
use crate::platform::id::{OrganisationId, PersonId};
use chrono::{Days, NaiveDate};
use diesel::prelude::*;

/// Donors who want reminders and whose first day lies in the `look_back` days that end `on`, after `after`; in order
/// of day and person. A page that is not full is the last.
pub fn due(
    conn: &mut Conn,
    on: NaiveDate,
    look_back: u64,
    after: Option<Due>,
    limit: i64,
) -> QueryResult<Vec<Due>> {
    let first = first_day(on, look_back).max(after.map_or(ALWAYS, |last| last.available_from));
    let is_young_enough = donors::available_until
        .is_null()
        .or(donors::available_until.ge(Some(on)));
    let mut page = donors::table
        .filter(donors::wants_reminders)
        .filter(donors::available_from.between(first, on))
        .filter(is_young_enough)
        .order((donors::available_from, donors::person))
        .select((donors::available_from, donors::person, donors::main_club))
        .limit(limit)
        .into_boxed();
    if let Some(last) = after {
        let is_later = donors::available_from.gt(last.available_from);
        page = page.filter(is_later.or(donors::person.gt(last.person)));
    }
    let rows: Vec<(NaiveDate, PersonId, Option<OrganisationId>)> = page.load(conn)?;
    let due = |(available_from, person, main_club)| Due {
        available_from,
        person,
        main_club,
    };
    Ok(rows.into_iter().map(due).collect())
}

fn first_day(on: NaiveDate, look_back: u64) -> NaiveDate {
    on.checked_sub_days(Days::new(look_back.saturating_sub(1)))
        .unwrap_or(ALWAYS)
}

/// Takes those of these donors who have rested, to be asked today; of two calls that want the same donor at once, one
/// gets them.
pub fn claim(
    conn: &mut Conn,
    persons: &[PersonId],
    today: NaiveDate,
    rested_before: NaiveDate,
) -> QueryResult<Vec<PersonId>> {
    let mut claimed = Vec::with_capacity(persons.len());
    for part in persons.chunks(1000) {
        let rested = donors::table
            .filter(donors::person.eq_any(part))
            .filter(donors::last_asked_on.lt(rested_before));
        let rows: Vec<PersonId> = diesel::update(rested)
            .set(donors::last_asked_on.eq(today))
            .returning(donors::person)
            .get_results(conn)?;
        claimed.extend(rows);
    }
    Ok(claimed)
}
