//! What goes when somebody leaves, and what stays to be counted.
use super::super::model::{ALWAYS, Certainty, NOWHERE};
use crate::blood::BloodGroup;
use crate::platform::db::Conn;
use crate::platform::db::schema::{deferrals, donors, gifts, memberships, reserve_pledges};
use crate::platform::id::{OrganisationId, PersonId};
use chrono::NaiveDate;
use diesel::prelude::*;

/// Drops health, place, group, clubs and whatever was only told of; gifts collected here stay, without a name.
pub(in crate::donors) fn forget(conn: &mut Conn, person: PersonId) -> QueryResult<()> {
    diesel::delete(deferrals::table.filter(deferrals::person.eq(person))).execute(conn)?;
    diesel::delete(memberships::table.filter(memberships::person.eq(person))).execute(conn)?;
    diesel::delete(reserve_pledges::table.filter(reserve_pledges::person.eq(person)))
        .execute(conn)?;
    let told = gifts::table
        .filter(gifts::person.eq(person))
        .filter(gifts::donation.is_null());
    diesel::delete(told).execute(conn)?;
    diesel::update(donors::table.find(person))
        .set((
            donors::blood_group.eq(None::<BloodGroup>),
            donors::blood.eq(-1),
            donors::group_certainty.eq(Certainty::Unknown),
            donors::opted_in.eq(false),
            donors::wants_reminders.eq(false),
            (
                donors::cell.eq(NOWHERE),
                donors::latitude.eq(0.0),
                donors::longitude.eq(0.0),
            ),
            donors::available_from.eq(ALWAYS),
            donors::available_until.eq(None::<NaiveDate>),
            donors::main_club.eq(None::<OrganisationId>),
        ))
        .execute(conn)
        .map(drop)
}
