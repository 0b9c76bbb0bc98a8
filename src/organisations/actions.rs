//! Units of work on the tree: a new body, a changed one, an ended one, a list of units.
use super::rules::{self, Change, Ending, OrganisationKind, Refusal, Succession};
use super::store::{self, Edit, NewOrganisation, Organisation};
use crate::accounts;
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::id::{AnyId, OrganisationId};
use crate::platform::language::{Phrase, keys};
use crate::platform::problem::{Kind, Problem};
use diesel::QueryResult;

/// Whether `target` is one of `bodies` or stands below one.
pub fn covers(
    conn: &mut Conn,
    bodies: &[OrganisationId],
    target: OrganisationId,
) -> QueryResult<bool> {
    accounts::covers(conn, bodies, target)
}

/// Refuses as not found what stands under none of `bodies`.
pub(super) fn guard(
    conn: &mut Conn,
    bodies: &[OrganisationId],
    target: OrganisationId,
) -> Result<(), Problem> {
    if covers(conn, bodies, target)? {
        Ok(())
    } else {
        Err((&Kind::NOT_FOUND).into())
    }
}

/// The nation's own body, above all others; made, under `id`, when there is none yet.
pub fn nation(conn: &mut Conn, id: OrganisationId, now: Moment) -> QueryResult<OrganisationId> {
    if let Some(nation) = store::nation(conn)? {
        return Ok(nation);
    }
    let nation = NewOrganisation::named(id, OrganisationKind::National, "Việt Nam", None);
    store::insert(conn, &[nation], now).map(|()| id)
}

/// Adds a body; without a parent it stands directly under the nation.
pub(super) fn create(
    conn: &mut Conn,
    mut new: NewOrganisation,
    bodies: &[OrganisationId],
    now: Moment,
) -> Result<Organisation, Problem> {
    let parent = match new.parent {
        Some(parent) => Some(parent),
        None => store::nation(conn)?,
    };
    guard(conn, bodies, parent.ok_or(&Kind::NOT_FOUND)?)?;
    new.parent = parent;
    let id = new.id;
    store::insert(conn, &[new], now)?;
    Ok(store::find(conn, id)?)
}

/// Changes a body and, where its parent is another, moves it there with all below it.
pub(super) fn change(
    conn: &mut Conn,
    id: OrganisationId,
    change: Change,
    bodies: &[OrganisationId],
) -> Result<Organisation, Problem> {
    guard(conn, bodies, id)?;
    let body = store::find(conn, id)?;
    let first = change.valid.0.or(body.valid_from);
    let last = change.valid.1.or(body.valid_to);
    if first.zip(last).is_some_and(|(first, last)| first > last) {
        return Err(Problem::field(
            "valid_to",
            Phrase::new(keys::FIELD_WRONG_ORDER),
        ));
    }
    if let Some(parent) = change.parent
        && body.parent != Some(parent)
    {
        guard(conn, bodies, parent)?;
        if store::above(conn, parent)?.contains(&id) {
            return Err(Refusal::TreeCycle.into());
        }
        store::move_under(conn, id, parent)?;
    }
    store::edit(conn, id, &edit(change))?;
    Ok(store::find(conn, id)?)
}

fn edit(change: Change) -> Edit {
    let edit = Edit {
        code: change.code,
        latitude: change.place.0,
        longitude: change.place.1,
        valid_from: change.valid.0,
        valid_to: change.valid.1,
        brand: change.brand,
        is_trusted: change.is_trusted,
        duty_phone: change.duty_phone,
        testing_minutes: change.testing_minutes,
        rule_set: change.rule_set,
        reaction_phone: change.reaction_phone,
        rh_negative: change.rh_negative,
        ..Edit::default()
    };
    edit.named(change.name)
}

/// Ends a body the day before its successors begin, and writes down who they are.
pub(super) fn end(
    conn: &mut Conn,
    id: OrganisationId,
    ending: &Ending,
    stamp: (&mut dyn FnMut() -> AnyId, Moment),
) -> Result<Organisation, Problem> {
    let body = store::find(conn, id)?;
    let known = store::all(conn)?;
    let last = rules::last_day(ending.on);
    let is_told = known.iter().any(|known| known.predecessor == id);
    let is_over = body.valid_to.is_some_and(|day| day != last);
    if is_told || is_over || body.valid_from.is_some_and(|first| first > last) {
        return Err(Refusal::Ended.into());
    }
    rules::check_heirs(id, ending, &known)?;
    let (ids, now) = stamp;
    for heir in &ending.into {
        if !store::find(conn, heir.organisation)?.is_valid_on(ending.on) {
            return Err(Refusal::SuccessorNotThere.into());
        }
        let succession = Succession {
            predecessor: id,
            successor: heir.organisation,
            kind: ending.kind,
            on: ending.on,
            share: heir.share,
        };
        store::record(conn, ids(), &succession, now)?;
    }
    store::end(conn, id, last)?;
    Ok(store::find(conn, id)?)
}
