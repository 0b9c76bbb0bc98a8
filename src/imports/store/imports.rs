//! One row for each list taken in.
use crate::imports::model::{Column, ImportId, ImportKind, ImportState};
use crate::platform::clock::Moment;
use crate::platform::db::schema::{import_made, import_rows, imports, organisation_ancestors};
use crate::platform::db::{Conn, Json};
use crate::platform::id::{DriveId, OrganisationId, PersonId};
use diesel::prelude::*;

/// A list taken in.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = imports)]
pub(in crate::imports) struct Import {
    pub(in crate::imports) id: ImportId,
    pub(in crate::imports) kind: ImportKind,
    pub(in crate::imports) organisation: Option<OrganisationId>,
    pub(in crate::imports) drive: Option<DriveId>,
    pub(in crate::imports) name: Option<String>,
    pub(in crate::imports) state: ImportState,
    pub(in crate::imports) digest: String,
    pub(in crate::imports) again_of: Option<ImportId>,
    pub(in crate::imports) sheet: Option<String>,
    pub(in crate::imports) heading_row: i32,
    pub(in crate::imports) headings: Json,
    pub(in crate::imports) counts: Json,
    pub(in crate::imports) created_by: PersonId,
    pub(in crate::imports) created_at: Moment,
    pub(in crate::imports) expires_at: Moment,
    pub(in crate::imports) applied_at: Option<Moment>,
    pub(in crate::imports) undone_at: Option<Moment>,
}

impl Import {
    /// The columns with a heading.
    pub(in crate::imports) fn columns(&self) -> Vec<Column> {
        serde_json::from_value(self.headings.0.clone()).unwrap_or_default()
    }
}

/// Keeps a list that was read.
pub(in crate::imports) fn insert(conn: &mut Conn, import: &Import) -> QueryResult<()> {
    diesel::insert_into(imports::table)
        .values(import)
        .execute(conn)
        .map(drop)
}

/// A list, whoever asks.
pub(in crate::imports) fn find(conn: &mut Conn, id: ImportId) -> QueryResult<Import> {
    imports::table
        .find(id)
        .select(Import::as_select())
        .first(conn)
}

/// The applied list of the same content for the same club or drive.
pub(in crate::imports) fn applied_before(
    conn: &mut Conn,
    digest: &str,
) -> QueryResult<Option<ImportId>> {
    imports::table
        .filter(imports::digest.eq(digest))
        .filter(imports::state.eq(ImportState::Applied))
        .order(imports::id.desc())
        .select(imports::id)
        .first(conn)
        .optional()
}

/// Moves a list on; false when it is no longer in the state it is moved from.
pub(in crate::imports) fn move_on(
    conn: &mut Conn,
    id: ImportId,
    (from, to): (ImportState, ImportState),
    now: Moment,
) -> QueryResult<bool> {
    let row = imports::table.find(id).filter(imports::state.eq(from));
    let moved = match to {
        ImportState::Applied => diesel::update(row)
            .set((imports::state.eq(to), imports::applied_at.eq(Some(now))))
            .execute(conn),
        ImportState::Undone => diesel::update(row)
            .set((imports::state.eq(to), imports::undone_at.eq(Some(now))))
            .execute(conn),
        _ => diesel::update(row).set(imports::state.eq(to)).execute(conn),
    };
    moved.map(|rows| rows == 1)
}

/// Lists of these clubs and everything below them, of these drives, and one's own; the newest first.
pub(in crate::imports) fn list(
    conn: &mut Conn,
    (person, bodies): (PersonId, &[OrganisationId]),
    state: Option<ImportState>,
    (after, limit): (Option<ImportId>, i64),
) -> QueryResult<Vec<Import>> {
    let covered = organisation_ancestors::table
        .filter(organisation_ancestors::ancestor.eq_any(bodies.to_vec()))
        .select(organisation_ancestors::descendant.nullable());
    let mut page = imports::table
        .filter(
            imports::created_by
                .eq(person)
                .or(imports::organisation.eq_any(covered).assume_not_null()),
        )
        .order(imports::id.desc())
        .limit(limit)
        .select(Import::as_select())
        .into_boxed();
    if let Some(state) = state {
        page = page.filter(imports::state.eq(state));
    }
    if let Some(after) = after {
        page = page.filter(imports::id.lt(after));
    }
    page.load(conn)
}

/// Forgets a list that was never applied.
pub(in crate::imports) fn delete(conn: &mut Conn, id: ImportId) -> QueryResult<()> {
    diesel::delete(import_rows::table.filter(import_rows::import.eq(id))).execute(conn)?;
    diesel::delete(import_made::table.filter(import_made::import.eq(id))).execute(conn)?;
    diesel::delete(imports::table.find(id))
        .execute(conn)
        .map(drop)
}

/// Lists that waited too long to be applied.
pub(in crate::imports) fn expired(conn: &mut Conn, now: Moment) -> QueryResult<Vec<ImportId>> {
    imports::table
        .filter(imports::state.eq(ImportState::Checked))
        .filter(imports::expires_at.lt(now))
        .order(imports::id)
        .limit(100)
        .select(imports::id)
        .load(conn)
}
