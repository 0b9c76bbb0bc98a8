//! Rows of grants: a role on a part of the tree or on one drive.
use crate::accounts::rules::Place;
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::db::schema::{grants, organisation_ancestors};
use crate::platform::http::Role;
use crate::platform::id::{OrganisationId, PersonId};
use diesel::prelude::*;

crate::ids! {
    /// Names a grant.
    GrantId,
}

/// A role for a person.
#[derive(Debug, Clone)]
pub struct NewGrant {
    /// Made by `app.id()`.
    pub id: GrantId,
    /// To whom.
    pub person: PersonId,
    /// What they may do.
    pub role: Role,
    /// Where.
    pub place: Place,
    /// Until when; none for good.
    pub until: Option<Moment>,
    /// By whom; none when the operator of the machine did it.
    pub granted_by: Option<PersonId>,
    /// When.
    pub at: Moment,
}

/// Keeps a grant. It holds from the person's next request on.
pub fn grant(conn: &mut Conn, grant: &NewGrant) -> QueryResult<()> {
    diesel::insert_into(grants::table)
        .values((
            grants::id.eq(grant.id),
            grants::person.eq(grant.person),
            grants::role.eq(grant.role),
            grants::organisation.eq(grant.place.organisation()),
            grants::drive.eq(grant.place.drive()),
            grants::until.eq(grant.until),
            grants::granted_by.eq(grant.granted_by),
            grants::created_at.eq(grant.at),
        ))
        .execute(conn)
        .map(drop)
}

/// Whether any of these bodies is `target` or stands above it.
// Organisations own this table and stand right of accounts, so they cannot be asked; a grant without its place on the
// tree says nothing, hence this one look.
pub fn covers(
    conn: &mut Conn,
    bodies: &[OrganisationId],
    target: OrganisationId,
) -> QueryResult<bool> {
    let above = organisation_ancestors::table
        .filter(organisation_ancestors::descendant.eq(target))
        .filter(organisation_ancestors::ancestor.eq_any(bodies));
    diesel::select(diesel::dsl::exists(above)).get_result(conn)
}

/// Whether the person holds any role at this moment.
pub(in crate::accounts) fn is_staff(
    conn: &mut Conn,
    person: PersonId,
    now: Moment,
) -> QueryResult<bool> {
    let held = grants::table
        .filter(grants::person.eq(person))
        .filter(grants::revoked_at.is_null())
        .filter(grants::until.is_null().or(grants::until.gt(Some(now))));
    diesel::select(diesel::dsl::exists(held)).get_result(conn)
}
