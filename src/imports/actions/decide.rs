//! What a person decides of rows that are unsure or wrong.
use super::Reach;
use crate::imports::model::{Decision, ImportId, ImportState, Verdict, Who};
use crate::imports::rules::refusal::Refusal;
use crate::imports::store::imports::Import;
use crate::imports::store::rows;
use crate::platform::db::Conn;
use crate::platform::problem::Problem;

/// What was decided of one row.
#[derive(Debug, Clone, Copy)]
pub(in crate::imports) struct Decided {
    pub(in crate::imports) row: i32,
    pub(in crate::imports) decision: Decision,
    pub(in crate::imports) named: Option<Who>,
}

/// What was decided: row by row, then of the rest.
#[derive(Debug, Clone)]
pub(in crate::imports) struct Decisions {
    pub(in crate::imports) rows: Vec<Decided>,
    /// Of every other unsure row.
    pub(in crate::imports) unsure: Option<Decision>,
    /// Of every other wrong row.
    pub(in crate::imports) problem: Option<Decision>,
}

/// Keeps decisions; all of them, or none when one cannot be.
pub(in crate::imports) fn decide(
    conn: &mut Conn,
    reach: &Reach,
    id: ImportId,
    decisions: &Decisions,
) -> Result<Import, Problem> {
    let import = reach.find(conn, id)?;
    if import.state != ImportState::Checked {
        return Err(Refusal::Over(import.state).into());
    }
    for one in &decisions.rows {
        let row = rows::find(conn, id, one.row)?.ok_or(Refusal::NoSuchRow { row: one.row })?;
        let decided = row.standing().decide(one.decision, one.named)?;
        rows::decide(conn, (id, one.row), one.decision, decided)?;
    }
    if let Some(decision) = decisions.unsure {
        rows::decide_rest(conn, id, (Verdict::Unsure, decision))?;
    }
    if let Some(decision) = decisions.problem {
        rows::decide_rest(conn, id, (Verdict::Problem, decision))?;
    }
    Ok(import)
}
