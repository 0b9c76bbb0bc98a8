//! Counts a drive's people typed, beside what was recorded.
use crate::drives::model::UnitKind;
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::db::schema::declared_counts;
use crate::platform::id::{DriveId, OrganisationId, PersonId};
use diesel::prelude::*;

/// The counts of one body and kind of unit.
#[derive(Debug, Clone, PartialEq, Insertable)]
#[diesel(table_name = declared_counts, treat_none_as_default_value = false)]
pub(crate) struct DeclaredRow {
    pub(crate) drive: DriveId,
    pub(crate) mobilised_by: OrganisationId,
    pub(crate) kind: UnitKind,
    pub(crate) registered: Option<i32>,
    pub(crate) attended: Option<i32>,
    pub(crate) collected: i32,
    pub(crate) safe: Option<i32>,
    pub(crate) ml: Option<i64>,
    pub(crate) declared_by: PersonId,
    pub(crate) declared_at: Moment,
}

/// Replaces everything declared of a drive.
pub(crate) fn put_declared(
    conn: &mut Conn,
    drive: DriveId,
    rows: &[DeclaredRow],
) -> QueryResult<()> {
    diesel::delete(declared_counts::table.filter(declared_counts::drive.eq(drive)))
        .execute(conn)?;
    for some in rows.chunks(1000) {
        crate::on_each!(conn => diesel::insert_into(declared_counts::table).values(some).execute(conn))?;
    }
    Ok(())
}
