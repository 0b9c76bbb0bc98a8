//! Rows of many donors at once: gifts, days, memberships.
use super::super::model::{
    ALWAYS, Availability, Certainty, Gift, GiftId, GiftSource, NOWHERE, NewDeferral, Record,
};
use crate::blood::{BloodGroup, Component};
use crate::eligibility::Given;
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::db::schema::{deferrals, donors, gifts, memberships, people};
use crate::platform::id::{AnyId, OrganisationId, PersonId};
use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::upsert::excluded;
use std::collections::BTreeMap;

/// Rows of one statement.
const BATCH: usize = 1_500;

#[derive(Insertable)]
#[diesel(table_name = gifts, treat_none_as_default_value = false)]
#[expect(single_use_lifetimes, reason = "what is derived asks for its name")]
struct GiftRow<'a> {
    id: GiftId,
    person: PersonId,
    component: Component,
    given_on: NaiveDate,
    source: GiftSource,
    donation: Option<AnyId>,
    place: Option<&'a str>,
    created_by: Option<PersonId>,
    created_at: Moment,
}

/// Keeps gifts; the days that follow are the caller's.
pub(in crate::donors) fn add_gifts(conn: &mut Conn, new: &[Gift], now: Moment) -> QueryResult<()> {
    for part in new.chunks(BATCH) {
        let rows: Vec<GiftRow<'_>> = part
            .iter()
            .map(|gift| GiftRow {
                id: gift.id,
                person: gift.person,
                component: gift.component,
                given_on: gift.given_on,
                source: gift.source,
                donation: gift.donation,
                place: gift.place.as_deref(),
                created_by: gift.created_by,
                created_at: now,
            })
            .collect();
        crate::on_each!(conn => diesel::insert_into(gifts::table).values(&rows).execute(conn))?;
    }
    Ok(())
}

/// Drops imported gifts.
pub(in crate::donors) fn remove_gifts(conn: &mut Conn, ids: &[GiftId]) -> QueryResult<()> {
    for part in ids.chunks(BATCH) {
        let rows = gifts::table
            .filter(gifts::id.eq_any(part))
            .filter(gifts::source.eq(GiftSource::Imported));
        diesel::delete(rows).execute(conn)?;
    }
    Ok(())
}

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
    for deferral in open_deferrals(conn, persons)? {
        if let Some(found) = found.get_mut(&deferral.person) {
            found.record.deferrals.push(deferral);
        }
    }
    Ok(found)
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

fn open_deferrals(conn: &mut Conn, persons: &[PersonId]) -> QueryResult<Vec<NewDeferral>> {
    let bound = deferrals::table
        .filter(deferrals::person.eq_any(persons))
        .filter(deferrals::lifted_at.is_null())
        .select(deferrals::person)
        .distinct();
    let bound: Vec<PersonId> = bound.load(conn)?;
    let mut open = Vec::new();
    for person in bound {
        open.extend(super::open_deferrals(conn, person)?);
    }
    Ok(open)
}

/// A donor's row as a whole; of one that is there already only what is derived is written.
#[derive(Insertable)]
#[diesel(table_name = donors, treat_none_as_default_value = false)]
pub(in crate::donors) struct DonorRow {
    person: PersonId,
    blood_group: Option<BloodGroup>,
    blood: i16,
    group_certainty: Certainty,
    available_from: NaiveDate,
    available_until: Option<NaiveDate>,
    pub(in crate::donors) opted_in: bool,
    pub(in crate::donors) wants_reminders: bool,
    cell: i32,
    latitude: f64,
    longitude: f64,
    last_asked_on: NaiveDate,
    gifts: i32,
    pub(in crate::donors) main_club: Option<OrganisationId>,
    created_at: Moment,
}

impl DonorRow {
    /// Of who is no donor yet, or is one already.
    pub(in crate::donors) fn of(person: PersonId, found: &Found, now: Moment) -> Self {
        let (latitude, longitude, cell) = found.place.unwrap_or((0.0, 0.0, NOWHERE));
        Self {
            person,
            blood_group: None,
            blood: -1,
            group_certainty: Certainty::Unknown,
            available_from: ALWAYS,
            available_until: None,
            opted_in: false,
            wants_reminders: false,
            cell,
            latitude,
            longitude,
            last_asked_on: ALWAYS,
            gifts: i32::try_from(found.record.history.len()).unwrap_or(i32::MAX),
            main_club: None,
            created_at: now,
        }
    }

    /// The group somebody says it is.
    pub(in crate::donors) fn say(&mut self, group: Option<BloodGroup>) {
        if let Some(group) = group {
            self.blood_group = Some(group);
            self.blood = group.index();
            self.group_certainty = Certainty::Declared;
        }
    }

    /// The days that follow from the record.
    pub(in crate::donors) fn derive(&mut self, days: Availability) {
        self.available_from = days.from;
        self.available_until = days.until;
    }
}

/// Keeps donors; of those there already, what was derived.
pub(in crate::donors) fn put_all(conn: &mut Conn, rows: &[DonorRow]) -> QueryResult<()> {
    crate::on_each!(conn => diesel::insert_into(donors::table)
        .values(rows)
        .on_conflict(donors::person)
        .do_update()
        .set((
            donors::available_from.eq(excluded(donors::available_from)),
            donors::available_until.eq(excluded(donors::available_until)),
            donors::gifts.eq(excluded(donors::gifts)),
            donors::cell.eq(excluded(donors::cell)),
            donors::latitude.eq(excluded(donors::latitude)),
            donors::longitude.eq(excluded(donors::longitude)),
        ))
        .execute(conn))
    .map(drop)
}

#[derive(Insertable)]
#[diesel(table_name = memberships, treat_none_as_default_value = false)]
struct MembershipRow {
    club: OrganisationId,
    person: PersonId,
    joined_on: NaiveDate,
    added_by: Option<PersonId>,
}

/// Puts people on a club's list; it becomes the main club of who has none.
pub(in crate::donors) fn join_all(
    conn: &mut Conn,
    club: OrganisationId,
    persons: &[PersonId],
    (joined_on, added_by): (NaiveDate, PersonId),
) -> QueryResult<()> {
    for part in persons.chunks(BATCH) {
        let row = |person: &PersonId| MembershipRow {
            club,
            person: *person,
            joined_on,
            added_by: Some(added_by),
        };
        let rows: Vec<MembershipRow> = part.iter().map(row).collect();
        crate::on_each!(conn => diesel::insert_into(memberships::table).values(&rows).on_conflict_do_nothing().execute(conn))?;
        let without = donors::table
            .filter(donors::person.eq_any(part))
            .filter(donors::main_club.is_null());
        diesel::update(without)
            .set(donors::main_club.eq(Some(club)))
            .execute(conn)?;
    }
    Ok(())
}

/// Takes people off a club's list.
pub(in crate::donors) fn leave_all(
    conn: &mut Conn,
    club: OrganisationId,
    persons: &[PersonId],
) -> QueryResult<()> {
    for part in persons.chunks(BATCH) {
        let rows = memberships::table
            .filter(memberships::club.eq(club))
            .filter(memberships::person.eq_any(part));
        diesel::delete(rows).execute(conn)?;
        let main = donors::table
            .filter(donors::person.eq_any(part))
            .filter(donors::main_club.eq(Some(club)));
        diesel::update(main)
            .set(donors::main_club.eq(None::<OrganisationId>))
            .execute(conn)?;
    }
    Ok(())
}

/// Drops the rows of who is no donor any more.
pub(in crate::donors) fn remove_donors(conn: &mut Conn, persons: &[PersonId]) -> QueryResult<()> {
    for part in persons.chunks(BATCH) {
        diesel::delete(donors::table.filter(donors::person.eq_any(part))).execute(conn)?;
    }
    Ok(())
}
