//! Rows of grants: a role on a part of the tree or on one drive.
use crate::accounts::model::Place;
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::db::schema::{drives, grants, organisation_ancestors};
use crate::platform::http::{Page, Role};
use crate::platform::id::{DriveId, OrganisationId, PersonId};
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

/// Whether anybody was ever given a role.
pub(in crate::accounts) fn is_any(conn: &mut Conn) -> QueryResult<bool> {
    diesel::select(diesel::dsl::exists(grants::table.select(grants::id))).get_result(conn)
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

/// Whether any of these bodies is the drive's organiser or stands above it.
// Drives own this table and stand right of accounts; see `covers`.
pub fn covers_drive(
    conn: &mut Conn,
    bodies: &[OrganisationId],
    drive: DriveId,
) -> QueryResult<bool> {
    let above = drives::table
        .inner_join(
            organisation_ancestors::table
                .on(organisation_ancestors::descendant.eq(drives::organiser)),
        )
        .filter(drives::id.eq(drive))
        .filter(organisation_ancestors::ancestor.eq_any(bodies));
    diesel::select(diesel::dsl::exists(above)).get_result(conn)
}

/// A grant as those who may change it see it.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = grants)]
pub(crate) struct GrantRow {
    pub id: GrantId,
    pub person: PersonId,
    pub role: Role,
    pub organisation: Option<OrganisationId>,
    pub drive: Option<DriveId>,
    pub until: Option<Moment>,
    pub granted_by: Option<PersonId>,
    pub created_at: Moment,
}

/// The living grants on this body itself, in order of id.
pub(in crate::accounts) fn list(
    conn: &mut Conn,
    body: OrganisationId,
    page: &Page<GrantId>,
    now: Moment,
) -> QueryResult<Vec<GrantRow>> {
    let mut rows = grants::table
        .filter(grants::organisation.eq(Some(body)))
        .filter(grants::revoked_at.is_null())
        .filter(grants::until.is_null().or(grants::until.gt(Some(now))))
        .into_boxed();
    if let Some(after) = page.after {
        rows = rows.filter(grants::id.gt(after));
    }
    rows.order(grants::id)
        .limit(page.reach())
        .select(GrantRow::as_select())
        .load(conn)
}

/// A grant that holds.
pub(in crate::accounts) fn find(
    conn: &mut Conn,
    id: GrantId,
    now: Moment,
) -> QueryResult<GrantRow> {
    grants::table
        .find(id)
        .filter(grants::revoked_at.is_null())
        .filter(grants::until.is_null().or(grants::until.gt(Some(now))))
        .select(GrantRow::as_select())
        .first(conn)
}

/// The person's living grant of this role at this place, if there is one.
pub(in crate::accounts) fn find_same(
    conn: &mut Conn,
    person: PersonId,
    (role, place): (Role, Place),
    now: Moment,
) -> QueryResult<Option<GrantRow>> {
    let held: Vec<GrantRow> = grants::table
        .filter(grants::person.eq(person))
        .filter(grants::role.eq(role))
        .filter(grants::revoked_at.is_null())
        .filter(grants::until.is_null().or(grants::until.gt(Some(now))))
        .order(grants::id)
        .select(GrantRow::as_select())
        .load(conn)?;
    let is_here = |grant: &GrantRow| {
        grant.organisation == place.organisation() && grant.drive == place.drive()
    };
    Ok(held.into_iter().find(is_here))
}

/// Ends a grant: it no longer holds on the person's next request.
pub(in crate::accounts) fn revoke(conn: &mut Conn, id: GrantId, now: Moment) -> QueryResult<bool> {
    diesel::update(grants::table.find(id).filter(grants::revoked_at.is_null()))
        .set(grants::revoked_at.eq(Some(now)))
        .execute(conn)
        .map(|rows| rows == 1)
}

/// Ends every grant of a person; answers how many there were.
pub(in crate::accounts) fn revoke_all(
    conn: &mut Conn,
    person: PersonId,
    now: Moment,
) -> QueryResult<usize> {
    let live = grants::table
        .filter(grants::person.eq(person))
        .filter(grants::revoked_at.is_null());
    diesel::update(live)
        .set(grants::revoked_at.eq(Some(now)))
        .execute(conn)
}

/// Two of those who are administrators for good, or all if there are fewer.
pub(in crate::accounts) fn admins(conn: &mut Conn) -> QueryResult<Vec<PersonId>> {
    grants::table
        .filter(grants::role.eq(Role::Admin))
        .filter(grants::revoked_at.is_null())
        .filter(grants::until.is_null())
        .select(grants::person)
        .distinct()
        .limit(2)
        .load(conn)
}

/// How many administrators' grants hold for good.
pub(in crate::accounts) fn count_admins(conn: &mut Conn) -> QueryResult<i64> {
    grants::table
        .filter(grants::role.eq(Role::Admin))
        .filter(grants::revoked_at.is_null())
        .filter(grants::until.is_null())
        .count()
        .get_result(conn)
}

/// Every living grant, for the operator; at most 1,000.
pub(in crate::accounts) fn list_all(conn: &mut Conn, now: Moment) -> QueryResult<Vec<GrantRow>> {
    grants::table
        .filter(grants::revoked_at.is_null())
        .filter(grants::until.is_null().or(grants::until.gt(Some(now))))
        .order((grants::person, grants::id))
        .limit(1000)
        .select(GrantRow::as_select())
        .load(conn)
}

/// Forgets a person's roles.
pub(in crate::accounts) fn forget(conn: &mut Conn, person: PersonId) -> QueryResult<()> {
    diesel::delete(grants::table.filter(grants::person.eq(person)))
        .execute(conn)
        .map(drop)
}
