//! Who leads a club: for what leads are told.
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::db::schema::grants;
use crate::platform::id::{OrganisationId, PersonId};
use diesel::prelude::*;

/// Those who lead this very club now.
pub(in crate::donors) fn leads(
    conn: &mut Conn,
    club: OrganisationId,
    now: Moment,
) -> QueryResult<Vec<PersonId>> {
    grants::table
        .filter(grants::organisation.eq(Some(club)))
        .filter(grants::role.eq("club_lead"))
        .filter(grants::revoked_at.is_null())
        .filter(grants::until.is_null().or(grants::until.gt(Some(now))))
        .select(grants::person)
        .distinct()
        .load(conn)
}
