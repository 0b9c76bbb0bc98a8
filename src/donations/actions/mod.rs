//! What nurses and the desk do with visits and bags: each a unit of work.
mod collect;
mod correct;
mod declare;
mod outcome;
mod screen;

pub use collect::Collected;
pub(crate) use collect::collect;
pub(crate) use correct::{Correction, ResultOf, correct, set_result, set_results, void};
pub(crate) use declare::declare;
pub use outcome::{Outcome, record_outcome};
pub(crate) use screen::{Deferring, Screened, screen};

use super::model::Donation;
use super::rules;
use crate::drives::model::{Delta, Drive, TallyKey};
use crate::drives::tallies;
use crate::eligibility::{RuleSet, find_rules};
use crate::organisations;
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::problem::Problem;

/// The nation's rules, at hand without a question.
pub(crate) fn national(name: &str) -> Result<&'static RuleSet, Problem> {
    find_rules(name).map_err(Problem::internal)
}

/// The stricter of the nation's rules and those of who draws the blood.
pub(crate) fn rules_at(
    conn: &mut Conn,
    drive: &Drive,
    nation: &'static RuleSet,
    now: Moment,
) -> Result<RuleSet, Problem> {
    let own = match drive.collected_by {
        Some(facility) => organisations::find(conn, facility)?.rule_set,
        None => None,
    };
    let Some(own) = own else {
        return Ok(nation.clone());
    };
    let own = national(&own)?;
    if own.valid_from() > now.date_in(drive.zone()) {
        return Ok(nation.clone());
    }
    Ok(nation.stricter(own))
}

/// The sums a donation counts in.
fn tally(drive: &Drive, donation: &Donation) -> TallyKey {
    TallyKey {
        drive: drive.id,
        held_on: donation.held_on,
        body: donation.mobilised_by,
        kind: donation.kind,
        organiser: drive.organiser,
        programme: drive.main_programme,
    }
}

/// Moves the sums from what a donation was to what it is.
fn count(
    conn: &mut Conn,
    drive: &Drive,
    (before, after): (&Donation, &Donation),
) -> Result<(), Problem> {
    let (from, to) = (tally(drive, before), tally(drive, after));
    let (was, is) = (rules::counts(before), rules::counts(after));
    if from == to {
        return record(conn, &to, rules::difference(was, is));
    }
    record(conn, &from, was.taken_back())?;
    record(conn, &to, is)
}

fn record(conn: &mut Conn, key: &TallyKey, delta: Delta) -> Result<(), Problem> {
    if delta == Delta::default() {
        return Ok(());
    }
    Ok(tallies::record(conn, key, &delta)?)
}
