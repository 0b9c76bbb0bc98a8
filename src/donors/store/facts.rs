//! The donor's own row: what bookings, reminders and calls read.
use super::super::model::{ALWAYS, Availability, Certainty, DonorFacts, NOWHERE, home};
use crate::blood::BloodGroup;
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::db::schema::{donors, people};
use crate::platform::id::{OrganisationId, PersonId};
use chrono::NaiveDate;
use diesel::prelude::*;

type FactsRow = (
    (NaiveDate, Option<NaiveDate>),
    Option<OrganisationId>,
    (Option<BloodGroup>, Certainty),
    i32,
    (bool, bool),
    (f64, f64, i32),
);

/// What is known of this donor; none for who never gave, signed up as a donor or joined a club.
pub fn facts(conn: &mut Conn, person: PersonId) -> QueryResult<Option<DonorFacts>> {
    let row: Option<FactsRow> = donors::table
        .find(person)
        .select((
            (donors::available_from, donors::available_until),
            donors::main_club,
            (donors::blood_group, donors::group_certainty),
            donors::gifts,
            (donors::opted_in, donors::wants_reminders),
            (donors::latitude, donors::longitude, donors::cell),
        ))
        .first(conn)
        .optional()?;
    Ok(
        row.map(|(days, main_club, group, gifts, agreed, at)| DonorFacts {
            available_from: days.0,
            available_until: days.1,
            main_club,
            blood_group: group.0,
            certainty: group.1,
            gifts,
            opted_in: agreed.0,
            wants_reminders: agreed.1,
            at: home(at),
        }),
    )
}

/// Makes sure there is a donor's row and holds it until the transaction ends, so that two facts of one person that
/// come at once are counted one after the other.
pub(in crate::donors) fn hold(conn: &mut Conn, person: PersonId, now: Moment) -> QueryResult<()> {
    if touch(conn, person)? == 1 {
        return Ok(());
    }
    let row = (
        donors::person.eq(person),
        donors::blood.eq(-1),
        donors::group_certainty.eq(Certainty::Unknown),
        donors::available_from.eq(ALWAYS),
        (
            donors::opted_in.eq(false),
            donors::wants_reminders.eq(false),
        ),
        (
            donors::cell.eq(NOWHERE),
            donors::latitude.eq(0.0),
            donors::longitude.eq(0.0),
        ),
        donors::last_asked_on.eq(ALWAYS),
        donors::gifts.eq(0),
        donors::created_at.eq(now),
    );
    crate::on_each!(conn => diesel::insert_into(donors::table).values(row).on_conflict_do_nothing().execute(conn))?;
    touch(conn, person).map(drop)
}

fn touch(conn: &mut Conn, person: PersonId) -> QueryResult<usize> {
    diesel::update(donors::table.find(person))
        .set(donors::gifts.eq(donors::gifts))
        .execute(conn)
}

/// Degrees north and east, and their square.
type Place = (f64, f64, i32);

/// The birth date and the place, of the person's row, which is another subject's: read here to save a question where
/// every donation passes.
pub(in crate::donors) fn birth_and_place(
    conn: &mut Conn,
    person: PersonId,
) -> QueryResult<(Option<NaiveDate>, Option<Place>)> {
    type Row = (Option<NaiveDate>, Option<f64>, Option<f64>, Option<i32>);
    let (birth_date, latitude, longitude, cell): Row = people::table
        .find(person)
        .select((
            people::birth_date,
            people::latitude,
            people::longitude,
            people::cell,
        ))
        .first(conn)?;
    let place = latitude.zip(longitude).zip(cell);
    Ok((
        birth_date,
        place.map(|((north, east), cell)| (north, east, cell)),
    ))
}

/// Keeps what was derived.
pub(in crate::donors) fn put_availability(
    conn: &mut Conn,
    person: PersonId,
    days: Availability,
    place: Option<Place>,
    gifts: usize,
) -> QueryResult<()> {
    let (latitude, longitude, cell) = place.unwrap_or((0.0, 0.0, NOWHERE));
    diesel::update(donors::table.find(person))
        .set((
            donors::available_from.eq(days.from),
            donors::available_until.eq(days.until),
            donors::gifts.eq(i32::try_from(gifts).unwrap_or(i32::MAX)),
            donors::cell.eq(cell),
            donors::latitude.eq(latitude),
            donors::longitude.eq(longitude),
        ))
        .execute(conn)
        .map(drop)
}

/// Keeps a group; one that a test confirmed gives way only to another test.
pub(in crate::donors) fn put_group(
    conn: &mut Conn,
    person: PersonId,
    group: BloodGroup,
    certainty: Certainty,
) -> QueryResult<()> {
    let row = donors::table
        .find(person)
        .filter(donors::group_certainty.eq_any(certainty.replaces()));
    diesel::update(row)
        .set((
            donors::blood_group.eq(Some(group)),
            donors::blood.eq(group.index()),
            donors::group_certainty.eq(certainty),
        ))
        .execute(conn)
        .map(drop)
}

/// Copies the consents that one index must answer: for calls, for reminders.
pub(in crate::donors) fn put_wishes(
    conn: &mut Conn,
    person: PersonId,
    (calls, reminders): (bool, bool),
) -> QueryResult<()> {
    diesel::update(donors::table.find(person))
        .set((
            donors::opted_in.eq(calls),
            donors::wants_reminders.eq(reminders),
        ))
        .execute(conn)
        .map(drop)
}
