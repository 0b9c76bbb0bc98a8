//! Many donors' own rows.
use super::{BATCH, Found};
use crate::blood::BloodGroup;
use crate::donors::model::{ALWAYS, Availability, Certainty, NOWHERE};
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::db::schema::donors;
use crate::platform::id::{OrganisationId, PersonId};
use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::upsert::excluded;

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

/// Drops the rows of who is no donor any more.
pub(in crate::donors) fn remove_donors(conn: &mut Conn, persons: &[PersonId]) -> QueryResult<()> {
    for part in persons.chunks(BATCH) {
        diesel::delete(donors::table.filter(donors::person.eq_any(part))).execute(conn)?;
    }
    Ok(())
}
