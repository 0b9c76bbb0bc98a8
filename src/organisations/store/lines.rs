//! Who stands above whom: each body's line up the tree, kept beside it so that one index answers.
use super::bodies::Organisation;
use crate::platform::db::schema::{organisation_ancestors, organisations};
use crate::platform::db::{Conn, Uid};
use crate::platform::id::OrganisationId;
use diesel::prelude::*;

/// The body itself and all above it, nearest first.
pub(in crate::organisations) fn above(
    conn: &mut Conn,
    id: OrganisationId,
) -> QueryResult<Vec<OrganisationId>> {
    organisation_ancestors::table
        .filter(organisation_ancestors::descendant.eq(id))
        .order((
            organisation_ancestors::depth,
            organisation_ancestors::ancestor,
        ))
        .select(organisation_ancestors::ancestor)
        .load(conn)
}

/// The bodies above this one, nearest first.
pub fn ancestors(conn: &mut Conn, id: OrganisationId) -> QueryResult<Vec<Organisation>> {
    organisation_ancestors::table
        .inner_join(organisations::table.on(organisations::id.eq(organisation_ancestors::ancestor)))
        .filter(organisation_ancestors::descendant.eq(id))
        .filter(organisation_ancestors::depth.gt(0))
        .order((
            organisation_ancestors::depth,
            organisation_ancestors::ancestor,
        ))
        .select(Organisation::as_select())
        .load(conn)
}

/// In whose name messages of this body go out: its brand, that of the nearest body above, or its name.
pub fn brand(conn: &mut Conn, id: OrganisationId) -> QueryResult<String> {
    let line: Vec<(Option<String>, String)> = organisation_ancestors::table
        .inner_join(organisations::table.on(organisations::id.eq(organisation_ancestors::ancestor)))
        .filter(organisation_ancestors::descendant.eq(id))
        .order((
            organisation_ancestors::depth,
            organisation_ancestors::ancestor,
        ))
        .select((organisations::brand, organisations::name))
        .load(conn)?;
    let own = line.first().map(|(_, name)| name.clone());
    let brand = line.into_iter().find_map(|(brand, _)| brand);
    brand.or(own).ok_or(diesel::result::Error::NotFound)
}

/// Fills the lines of bodies that have none yet, level by level from those whose parent has one.
pub(super) fn complete(conn: &mut Conn) -> QueryResult<()> {
    diesel::sql_query(
        "INSERT INTO organisation_ancestors (descendant, ancestor, depth) \
         SELECT id, id, 0 FROM organisations o WHERE parent IS NULL \
         AND NOT EXISTS (SELECT 1 FROM organisation_ancestors a WHERE a.descendant = o.id)",
    )
    .execute(conn)?;
    let next = "INSERT INTO organisation_ancestors (descendant, ancestor, depth) \
         SELECT o.id, a.ancestor, a.depth + 1 FROM organisations o JOIN organisation_ancestors a ON a.descendant = o.parent \
         WHERE NOT EXISTS (SELECT 1 FROM organisation_ancestors b WHERE b.descendant = o.id) \
         UNION ALL \
         SELECT o.id, o.id, 0 FROM organisations o WHERE o.parent IS NOT NULL \
         AND EXISTS (SELECT 1 FROM organisation_ancestors a WHERE a.descendant = o.parent) \
         AND NOT EXISTS (SELECT 1 FROM organisation_ancestors b WHERE b.descendant = o.id)";
    while diesel::sql_query(next).execute(conn)? > 0 {}
    Ok(())
}

/// Hangs the body under another, with all that stands below it.
pub(in crate::organisations) fn move_under(
    conn: &mut Conn,
    id: OrganisationId,
    parent: OrganisationId,
) -> QueryResult<()> {
    diesel::update(organisations::table.find(id))
        .set(organisations::parent.eq(Some(parent)))
        .execute(conn)?;
    diesel::sql_query(
        "DELETE FROM organisation_ancestors WHERE descendant IN \
         (SELECT descendant FROM organisation_ancestors WHERE ancestor = $1)",
    )
    .bind::<Uid, _>(id)
    .execute(conn)?;
    complete(conn)
}
