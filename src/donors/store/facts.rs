//! The donor's own row: what bookings, reminders and calls read.
use super::super::model::{ALWAYS, Certainty, DonorFacts, NOWHERE};
use super::super::rules::Availability;
use crate::blood::BloodGroup;
use crate::eligibility::Given;
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::db::schema::{donors, gifts, people};
use crate::platform::id::{OrganisationId, PersonId};
use chrono::NaiveDate;
use diesel::prelude::*;

/// What is known of this donor; none for who never gave, signed up as a donor or joined a club.
pub fn facts(conn: &mut Conn, person: PersonId) -> QueryResult<Option<DonorFacts>> {
    type Row = (
        NaiveDate,
        Option<NaiveDate>,
        Option<OrganisationId>,
        Option<BloodGroup>,
        Certainty,
        i32,
    );
    let row: Option<Row> = donors::table
        .find(person)
        .select((
            donors::available_from,
            donors::available_until,
            donors::main_club,
            donors::blood_group,
            donors::group_certainty,
            donors::gifts,
        ))
        .first(conn)
        .optional()?;
    Ok(row.map(
        |(available_from, available_until, main_club, blood_group, certainty, gifts)| DonorFacts {
            available_from,
            available_until,
            main_club,
            blood_group,
            certainty,
            gifts,
        },
    ))
}

/// What a person's own row says that bears on giving.
#[derive(Debug, Clone, Copy)]
pub(in crate::donors) struct Known {
    pub(in crate::donors) birth_date: Option<NaiveDate>,
    pub(in crate::donors) place: Option<(f64, f64, i32)>,
    pub(in crate::donors) is_donor: bool,
}

/// Read together with the person, who is another subject's, to keep a recount at three questions.
pub(in crate::donors) fn known(conn: &mut Conn, person: PersonId) -> QueryResult<Known> {
    type Row = (
        Option<NaiveDate>,
        Option<f64>,
        Option<f64>,
        Option<i32>,
        Option<PersonId>,
    );
    let (birth_date, latitude, longitude, cell, donor): Row = people::table
        .left_join(donors::table.on(donors::person.eq(people::id)))
        .filter(people::id.eq(person))
        .select((
            people::birth_date,
            people::latitude,
            people::longitude,
            people::cell,
            donors::person.nullable(),
        ))
        .first(conn)?;
    let place = latitude.zip(longitude).zip(cell);
    Ok(Known {
        birth_date,
        place: place.map(|((latitude, longitude), cell)| (latitude, longitude, cell)),
        is_donor: donor.is_some(),
    })
}

/// Every gift that counts.
pub(in crate::donors) fn history(conn: &mut Conn, person: PersonId) -> QueryResult<Vec<Given>> {
    let rows = gifts::table
        .filter(gifts::person.eq(person))
        .filter(gifts::voided_at.is_null())
        .order((gifts::given_on, gifts::id))
        .select((gifts::component, gifts::given_on))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .map(|(component, on)| Given { component, on })
        .collect())
}

#[derive(AsChangeset, Clone, Copy)]
#[diesel(table_name = donors, treat_none_as_null = true)]
struct Derived {
    available_from: NaiveDate,
    available_until: Option<NaiveDate>,
    gifts: i32,
    cell: i32,
    latitude: f64,
    longitude: f64,
}

/// Keeps what was derived; makes the donor's row if there is none yet.
pub(in crate::donors) fn put_availability(
    conn: &mut Conn,
    (person, now): (PersonId, Moment),
    known: &Known,
    days: Availability,
    gifts: usize,
) -> QueryResult<()> {
    let (latitude, longitude, cell) = known.place.unwrap_or((0.0, 0.0, NOWHERE));
    let derived = Derived {
        available_from: days.from,
        available_until: days.until,
        gifts: i32::try_from(gifts).unwrap_or(i32::MAX),
        cell,
        latitude,
        longitude,
    };
    let done = if known.is_donor {
        diesel::update(donors::table.find(person))
            .set(derived)
            .execute(conn)?
    } else {
        insert(conn, person, derived, now)?
    };
    debug_assert_eq!(done, 1);
    Ok(())
}

fn insert(conn: &mut Conn, person: PersonId, derived: Derived, now: Moment) -> QueryResult<usize> {
    diesel::insert_into(donors::table)
        .values((
            donors::person.eq(person),
            donors::blood.eq(-1),
            donors::group_certainty.eq(Certainty::Unknown),
            donors::available_from.eq(derived.available_from),
            donors::available_until.eq(derived.available_until),
            donors::opted_in.eq(false),
            donors::wants_reminders.eq(false),
            donors::cell.eq(derived.cell),
            donors::latitude.eq(derived.latitude),
            donors::longitude.eq(derived.longitude),
            donors::last_asked_on.eq(ALWAYS),
            donors::gifts.eq(derived.gifts),
            donors::created_at.eq(now),
        ))
        .execute(conn)
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
