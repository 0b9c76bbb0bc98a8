//! Applying a list: all of it in one transaction, or nothing.
use super::{Reach, Target, lists, results};
use crate::imports::jobs::CountAnew;
use crate::imports::model::{ImportId, ImportState};
use crate::imports::rules::refusal::Refusal;
use crate::imports::store::imports::{self, Import};
use crate::imports::store::{made, rows};
use crate::platform::App;
use crate::platform::db::{Conn, Json, plan_anew};
use crate::platform::jobs::enqueue;
use crate::platform::problem::Problem;
use diesel::QueryResult;

/// Makes everything in a list count. Once more changes nothing.
pub(in crate::imports) fn apply(
    conn: &mut Conn,
    app: &App,
    reach: &Reach,
    id: ImportId,
) -> Result<Import, Problem> {
    plan_anew(conn)?;
    let import = imports::find(conn, id)?;
    let target = reach.target(conn, &import)?;
    match import.state {
        ImportState::Checked => {}
        ImportState::Applied => return Ok(import),
        over => return Err(Refusal::Over(over).into()),
    }
    let undecided = rows::undecided(conn, id)?;
    if undecided > 0 {
        let rows = usize::try_from(undecided).unwrap_or(usize::MAX);
        return Err(Refusal::Undecided { rows }.into());
    }
    let (step, now) = ((ImportState::Checked, ImportState::Applied), app.now());
    if !imports::move_on(conn, id, step, now)? {
        return Err(Refusal::Over(ImportState::Applied).into());
    }
    match &target {
        Target::Club(club) => lists::apply(conn, app, (reach, *club, now), id)?,
        Target::Drive(drive) => {
            let rows = rows::list(conn, id, None, (None, i64::MAX))?;
            let made = results::apply(conn, app, (reach, drive), &rows)?;
            made::insert(conn, &made)?;
        }
    }
    rows::forget(conn, id)?;
    count_many(conn, app, &import)?;
    Ok(imports::find(conn, id)?)
}

/// So many new people change how the database should look for them.
const MANY: u64 = 1_000;

fn count_many(conn: &mut Conn, app: &App, import: &Import) -> QueryResult<()> {
    let Json(counts) = &import.counts;
    if counts["new"].as_u64() < Some(MANY) {
        return Ok(());
    }
    enqueue(conn, &CountAnew {}, app.now(), app.stamp())
}
