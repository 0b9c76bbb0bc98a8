//! Rows of invitations: a role waiting for whoever opens the link, by hash.
use crate::accounts::model::{Invitation, Place};
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::db::schema::invitations;
use crate::platform::http::Role;
use crate::platform::id::{DriveId, OrganisationId, PersonId};
use diesel::prelude::*;

/// What an invitation gives.
#[derive(Debug, Clone, Copy)]
pub(in crate::accounts) struct Offer {
    pub(in crate::accounts) role: Role,
    pub(in crate::accounts) place: Place,
    pub(in crate::accounts) until: Option<Moment>,
    pub(in crate::accounts) created_by: PersonId,
}

type Row = (
    Role,
    Option<OrganisationId>,
    Option<DriveId>,
    Option<Moment>,
    PersonId,
);

fn offer((role, organisation, drive, until, created_by): Row) -> Option<Offer> {
    let place = organisation
        .map(Place::Organisation)
        .or(drive.map(Place::Drive))?;
    Some(Offer {
        role,
        place,
        until,
        created_by,
    })
}

pub(in crate::accounts) fn insert(conn: &mut Conn, invitation: &Invitation) -> QueryResult<()> {
    diesel::insert_into(invitations::table)
        .values((
            invitations::hash.eq(&invitation.hash),
            invitations::role.eq(invitation.role),
            invitations::organisation.eq(invitation.place.organisation()),
            invitations::drive.eq(invitation.place.drive()),
            invitations::until.eq(invitation.until),
            invitations::places.eq(invitation.places),
            invitations::expires_at.eq(invitation.expires_at),
            invitations::created_by.eq(invitation.created_by),
            invitations::created_at.eq(invitation.created_at),
        ))
        .execute(conn)
        .map(drop)
}

/// What an invitation gives, while it can be used.
pub(in crate::accounts) fn find(
    conn: &mut Conn,
    hash: &str,
    now: Moment,
) -> QueryResult<Option<Offer>> {
    let row: Option<Row> = invitations::table
        .find(hash)
        .filter(invitations::expires_at.gt(now))
        .filter(
            invitations::until
                .is_null()
                .or(invitations::until.gt(Some(now))),
        )
        .select((
            invitations::role,
            invitations::organisation,
            invitations::drive,
            invitations::until,
            invitations::created_by,
        ))
        .first(conn)
        .optional()?;
    Ok(row.and_then(offer))
}

/// Takes one of its places; false when all are taken.
pub(in crate::accounts) fn take_place(conn: &mut Conn, hash: &str) -> QueryResult<bool> {
    let free = invitations::table
        .find(hash)
        .filter(invitations::used.lt(invitations::places));
    diesel::update(free)
        .set(invitations::used.eq(invitations::used + 1))
        .execute(conn)
        .map(|rows| rows == 1)
}

/// Forgets invitations that ended before `before`.
pub(in crate::accounts) fn purge(conn: &mut Conn, before: Moment) -> QueryResult<usize> {
    diesel::delete(invitations::table.filter(invitations::expires_at.lt(before))).execute(conn)
}
