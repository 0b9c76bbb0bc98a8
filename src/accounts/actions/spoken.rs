//! Codes that staff read out on the telephone, so that a donor knows who calls.
use crate::accounts::model::Act;
use crate::accounts::store::accesses::{Access, record_access};
use crate::accounts::store::spoken::{self, SpokenRow};
use crate::people;
use crate::platform::App;
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::id::{AnyId, PersonId};
use crate::platform::problem::Problem;
use crate::platform::seal::Sealed;
use chrono::TimeDelta;

/// The sealed column.
pub(in crate::accounts) const COLUMN: &str = "spoken_codes.code_sealed";

/// A code to read out; the donor sees the same in the app.
#[derive(Debug)]
pub struct SpokenCode {
    /// Six digits.
    pub code: String,
    /// Worthless after.
    pub expires_at: Moment,
    row: SpokenRow,
    look: AnyId,
}

impl SpokenCode {
    /// A new code by which `person` can tell that `staff` calls.
    pub fn new(app: &App, staff: PersonId, person: PersonId) -> Self {
        let (id, now): (AnyId, _) = (app.id(), app.now());
        let number = u32::from_be_bytes(app.chance.bytes()) % 1_000_000;
        let code = format!("{number:06}");
        let expires_at = now + TimeDelta::minutes(app.settings.accounts.spoken_minutes);
        let sealed = app
            .keys
            .seal(Sealed::new(COLUMN, id.0), &code, &mut app.rng());
        Self {
            code,
            expires_at,
            row: SpokenRow {
                id,
                person,
                staff,
                code_sealed: sealed,
                expires_at,
                created_at: now,
            },
            look: app.id(),
        }
    }
}

/// Keeps the code, and writes down that somebody is about to telephone.
pub fn keep_spoken_code(conn: &mut Conn, code: &SpokenCode) -> Result<(), Problem> {
    people::find(conn, code.row.person)?;
    let access = Access {
        id: code.look,
        actor: code.row.staff,
        person: code.row.person,
        act: Act::CodeSpoken,
        reason: None,
        at: code.row.created_at,
    };
    record_access(conn, &access)?;
    Ok(spoken::replace(conn, &code.row)?)
}
