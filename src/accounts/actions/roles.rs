//! Giving and taking roles; each holds, or ends, on the person's next request.
use crate::accounts::model::{Invitation, Place};
use crate::accounts::rules::{Refusal, may_hand_on};
use crate::accounts::store::grants::{self, GrantId, GrantRow, NewGrant};
use crate::accounts::store::invitations;
use crate::people;
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::http::{Caller, Role};
use crate::platform::id::{OrganisationId, PersonId};
use crate::platform::problem::{Kind, Problem};

/// Who gives or takes roles, and where they may.
#[derive(Debug, Clone)]
pub(crate) struct Giver {
    admin_of: Vec<OrganisationId>,
    coordinator_of: Vec<OrganisationId>,
}

impl From<&Caller> for Giver {
    fn from(caller: &Caller) -> Self {
        Self {
            admin_of: caller.bodies(Role::Admin),
            coordinator_of: caller.bodies(Role::Coordinator),
        }
    }
}

impl Giver {
    /// The highest role held at this place; a place where none is held is not found.
    fn held_at(&self, conn: &mut Conn, place: Place) -> Result<Role, Problem> {
        if is_under(conn, &self.admin_of, place)? {
            Ok(Role::Admin)
        } else if is_under(conn, &self.coordinator_of, place)? {
            Ok(Role::Coordinator)
        } else {
            Err((&Kind::NOT_FOUND).into())
        }
    }

    fn check(&self, conn: &mut Conn, place: Place, role: Role) -> Result<(), Problem> {
        let held = self.held_at(conn, place)?;
        if may_hand_on(held, role) {
            Ok(())
        } else {
            Err(Refusal::RoleAboveOwn.into())
        }
    }
}

fn is_under(conn: &mut Conn, bodies: &[OrganisationId], place: Place) -> Result<bool, Problem> {
    Ok(match place {
        Place::Organisation(body) => grants::covers(conn, bodies, body)?,
        Place::Drive(drive) => grants::covers_drive(conn, bodies, drive)?,
    })
}

/// A grant with the name of who holds it.
pub(crate) type Named = (GrantRow, String);

fn named(conn: &mut Conn, rows: Vec<GrantRow>) -> Result<Vec<Named>, Problem> {
    let ids: Vec<PersonId> = rows.iter().map(|grant| grant.person).collect();
    let names = people::names(conn, &ids)?;
    let name = |grant: &GrantRow| names.get(&grant.person).cloned().unwrap_or_default();
    Ok(rows
        .into_iter()
        .map(|grant| (name(&grant), grant))
        .map(|(name, grant)| (grant, name))
        .collect())
}

/// The living grants on a body.
pub(crate) fn list(
    conn: &mut Conn,
    giver: &Giver,
    body: OrganisationId,
    (page, now): (&crate::platform::http::Page<GrantId>, Moment),
) -> Result<Vec<Named>, Problem> {
    giver.held_at(conn, Place::Organisation(body))?;
    let rows = grants::list(conn, body, page, now)?;
    named(conn, rows)
}

/// Gives a role; what is held already is answered as it is.
pub(crate) fn give(conn: &mut Conn, giver: &Giver, new: &NewGrant) -> Result<Named, Problem> {
    giver.check(conn, new.place, new.role)?;
    let card = people::find(conn, new.person)?;
    let same = grants::find_same(conn, new.person, (new.role, new.place), new.at)?;
    if let Some(held) = same.filter(|held| held.until == new.until) {
        return Ok((held, card.name));
    }
    grants::grant(conn, new)?;
    Ok((grants::find(conn, new.id, new.at)?, card.name))
}

/// Takes a role.
pub(crate) fn take(
    conn: &mut Conn,
    giver: &Giver,
    id: GrantId,
    now: Moment,
) -> Result<(), Problem> {
    let grant = grants::find(conn, id, now)?;
    let place = grant
        .organisation
        .map(Place::Organisation)
        .or(grant.drive.map(Place::Drive));
    giver.check(conn, place.ok_or(&Kind::NOT_FOUND)?, grant.role)?;
    let is_lasting_admin = grant.role == Role::Admin && grant.until.is_none();
    if is_lasting_admin && grants::count_admins(conn)? <= 1 {
        return Err(Refusal::LastAdmin.into());
    }
    grants::revoke(conn, id, now)?;
    Ok(())
}

/// Keeps an invitation.
pub(crate) fn invite(
    conn: &mut Conn,
    giver: &Giver,
    invitation: &Invitation,
) -> Result<(), Problem> {
    giver.check(conn, invitation.place, invitation.role)?;
    Ok(invitations::insert(conn, invitation)?)
}

/// Takes up an invitation: one of its places, once a person.
pub(crate) fn join(
    conn: &mut Conn,
    hash: &str,
    (id, person): (GrantId, PersonId),
    now: Moment,
) -> Result<Named, Problem> {
    let offer = invitations::find(conn, hash, now)?.ok_or(Refusal::InvitationOver)?;
    let card = people::find(conn, person)?;
    if let Some(held) = grants::find_same(conn, person, (offer.role, offer.place), now)? {
        return Ok((held, card.name));
    }
    if !invitations::take_place(conn, hash)? {
        return Err(Refusal::InvitationOver.into());
    }
    let new = NewGrant {
        id,
        person,
        role: offer.role,
        place: offer.place,
        until: offer.until,
        granted_by: Some(offer.created_by),
        at: now,
    };
    grants::grant(conn, &new)?;
    Ok((grants::find(conn, id, now)?, card.name))
}
