//! What bears on the days of many donors.
use crate::blood::Component;
use crate::donors::model::{NewDeferral, Record};
use crate::donors::store::open_deferrals;
use crate::eligibility::Given;
use crate::platform::db::Conn;
use crate::platform::db::schema::{deferrals, donors, gifts, people};
use crate::platform::id::PersonId;
use chrono::NaiveDate;
use diesel::prelude::*;
use std::collections::BTreeMap;

/// What bears on somebody's days, and where they live.
pub(in crate::donors) struct Found {
    pub(in crate::donors) record: Record,
    pub(in crate::donors) place: Option<(f64, f64, i32)>,
}

/// Holds the rows of those who are donors already until the transaction ends.
pub(in crate::donors) fn hold_all(conn: &mut Conn, persons: &[PersonId]) -> QueryResult<()> {
    diesel::update(donors::table.filter(donors::person.eq_any(persons)))
        .set(donors::gifts.eq(donors::gifts))
        .execute(conn)
        .map(drop)
}

/// What is known of these people, in the order of their ids.
pub(in crate::donors) fn records(
    conn: &mut Conn,
    persons: &[PersonId],
) -> QueryResult<BTreeMap<PersonId, Found>> {
    type Row = (
        PersonId,
        Option<NaiveDate>,
        Option<f64>,
        Option<f64>,
        Option<i32>,
    );
    let rows: Vec<Row> = people::table
        .filter(people::id.eq_any(persons))
        .select((
            people::id,
            people::birth_date,
            people::latitude,
            people::longitude,
            people::cell,
        ))
        .load(conn)?;
    let mut found: BTreeMap<PersonId, Found> = rows.into_iter().map(found).collect();
    add_history(conn, persons, &mut found)?;
    for deferral in deferrals_of(conn, persons)? {
        if let Some(found) = found.get_mut(&deferral.person) {
            found.record.deferrals.push(deferral);
        }
    }
    Ok(found)
}

fn add_history(
    conn: &mut Conn,
    persons: &[PersonId],
    found: &mut BTreeMap<PersonId, Found>,
) -> QueryResult<()> {
    let given: Vec<(PersonId, Component, NaiveDate)> = gifts::table
        .filter(gifts::person.eq_any(persons))
        .filter(gifts::voided_at.is_null())
        .order((gifts::given_on, gifts::id))
        .select((gifts::person, gifts::component, gifts::given_on))
        .load(conn)?;
    for (person, component, on) in given {
        if let Some(found) = found.get_mut(&person) {
            found.record.history.push(Given { component, on });
        }
    }
    Ok(())
}

fn found(
    (person, birth_date, latitude, longitude, cell): (
        PersonId,
        Option<NaiveDate>,
        Option<f64>,
        Option<f64>,
        Option<i32>,
    ),
) -> (PersonId, Found) {
    let place = latitude.zip(longitude).zip(cell);
    let found = Found {
        record: Record {
            birth_date,
            history: Vec::new(),
            deferrals: Vec::new(),
        },
        place: place.map(|((north, east), cell)| (north, east, cell)),
    };
    (person, found)
}

fn deferrals_of(conn: &mut Conn, persons: &[PersonId]) -> QueryResult<Vec<NewDeferral>> {
    let bound = deferrals::table
        .filter(deferrals::person.eq_any(persons))
        .filter(deferrals::lifted_at.is_null())
        .select(deferrals::person)
        .distinct();
    let bound: Vec<PersonId> = bound.load(conn)?;
    let mut open = Vec::new();
    for person in bound {
        open.extend(open_deferrals(conn, person)?);
    }
    Ok(open)
}
