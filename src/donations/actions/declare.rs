//! Counts that a drive's people type, beside what was recorded.
use crate::donations::store::{self, DeclaredRow};
use crate::platform::db::Conn;
use crate::platform::id::{DriveId, OrganisationId};
use crate::platform::problem::Problem;
use crate::registrations::check_body;
use crate::registrations::model::Powers;

/// Replaces what was declared of a drive one coordinates; `make` is told whose the rows without a body are.
pub(crate) fn declare(
    conn: &mut Conn,
    (powers, drive): (&Powers, DriveId),
    make: impl FnOnce(OrganisationId) -> Result<Vec<DeclaredRow>, Problem>,
) -> Result<Vec<DeclaredRow>, Problem> {
    let drive = powers.coordinated(conn, drive)?;
    let rows = make(drive.organiser)?;
    for row in &rows {
        check_body(conn, row.mobilised_by, drive.starts_on)?;
    }
    store::put_declared(conn, drive.id, &rows)?;
    Ok(rows)
}
