//! A list as it is shown: what was read of it, what was found, what was decided.
use crate::drives;
use crate::imports::model::{Column, Decision, ImportId, ImportKind, ImportState};
use crate::imports::store::decided::decided;
use crate::imports::store::imports::Import;
use crate::organisations;
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::id::{DriveId, OrganisationId, PersonId};
use crate::platform::problem::Problem;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How many rows have each verdict.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub(super) struct VerdictCounts {
    /// Somebody not known yet.
    new: i32,
    /// Somebody known, of whom the row tells something new.
    same: i32,
    /// Known with everything the row says.
    there: i32,
    /// Said by an earlier row of the list.
    repeated: i32,
    /// For a person to decide.
    unsure: i32,
    /// Wrong; can only be left out.
    problem: i32,
}

/// How many unsure and wrong rows have each decision.
#[derive(Debug, Default, Serialize, ToSchema)]
pub(super) struct DecisionCounts {
    /// They are somebody else.
    new: i64,
    /// They are somebody known, or an earlier row.
    same: i64,
    /// They are left out.
    skip: i64,
}

/// A list taken in.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ImportView {
    id: ImportId,
    kind: ImportKind,
    state: ImportState,
    /// Whose list.
    organisation: Option<OrganisationId>,
    /// Of which drive.
    drive: Option<DriveId>,
    /// The name of that body or drive.
    belongs_to: String,
    /// The file's name, or what it was called.
    name: Option<String>,
    /// The sheet that was read; null for a text.
    sheet: Option<String>,
    /// The number of the row with the headings.
    heading_row: i32,
    /// Every column with a heading, and what it was taken for.
    columns: Vec<Column>,
    /// How many rows have each verdict.
    counts: VerdictCounts,
    /// What was decided of those that are unsure or wrong.
    decided: DecisionCounts,
    /// Unsure and wrong rows that wait for a decision; applying is refused until there are none.
    undecided: i64,
    /// The import of the same content that was applied before.
    again_of: Option<ImportId>,
    created_by: PersonId,
    created_at: Moment,
    /// Until when it waits to be applied.
    expires_at: Moment,
    applied_at: Option<Moment>,
    undone_at: Option<Moment>,
}

impl ImportView {
    /// Names it in lists.
    pub(super) fn id(&self) -> ImportId {
        self.id
    }

    /// Counts what waits for a decision.
    pub(super) fn of(conn: &mut Conn, import: Import) -> Result<Self, Problem> {
        let (decided, waiting) = DecisionCounts::of(conn, import.id)?;
        let is_open = import.state == ImportState::Checked;
        Ok(Self {
            belongs_to: belongs_to(conn, &import)?,
            decided,
            undecided: if is_open { waiting } else { 0 },
            columns: import.columns(),
            counts: serde_json::from_value(import.counts.0).unwrap_or_default(),
            id: import.id,
            kind: import.kind,
            state: import.state,
            organisation: import.organisation,
            drive: import.drive,
            name: import.name,
            sheet: import.sheet,
            heading_row: import.heading_row,
            again_of: import.again_of,
            created_by: import.created_by,
            created_at: import.created_at,
            expires_at: import.expires_at,
            applied_at: import.applied_at,
            undone_at: import.undone_at,
        })
    }
}

impl DecisionCounts {
    /// What was decided, and how many rows wait for a decision.
    fn of(conn: &mut Conn, import: ImportId) -> Result<(Self, i64), Problem> {
        let (mut counts, mut waiting) = (Self::default(), 0);
        for (decision, rows) in decided(conn, import)? {
            match decision {
                Some(Decision::New) => counts.new = rows,
                Some(Decision::Same) => counts.same = rows,
                Some(Decision::Skip) => counts.skip = rows,
                None => waiting = rows,
            }
        }
        Ok((counts, waiting))
    }
}

fn belongs_to(conn: &mut Conn, import: &Import) -> Result<String, Problem> {
    Ok(match (import.organisation, import.drive) {
        (Some(body), _) => organisations::find(conn, body)?.name,
        (None, Some(drive)) => drives::find(conn, drive)?.name,
        (None, None) => String::new(),
    })
}
