//! What came of a visit, in one tap.
use super::collect::{Collected, fits, standing, write};
use super::rules_at;
use crate::donations::rules::Refusal;
use crate::donors;
use crate::donors::model::{DeferralId, NewDeferral};
use crate::eligibility::RuleSet;
use crate::platform::db::Conn;
use crate::platform::id::AnyId;
use crate::platform::problem::Problem;
use crate::registrations::conclude;
use crate::registrations::model::{Deed, RegistrationState, Visit};
use chrono::NaiveDate;

/// What came of a visit, in one tap.
#[derive(Debug, Clone)]
pub enum Outcome {
    /// They gave.
    Collected(Box<Collected>),
    /// Not today; perhaps until a day, with the doctor's decision as the sealed reason.
    Deferred(Option<(DeferralId, String, NaiveDate)>),
    /// They went.
    Left,
}

/// Records what came of a visit, in one tap; who was not checked in is.
pub fn record_outcome(
    conn: &mut Conn,
    deed: &Deed,
    (visit, nation): (&Visit, &'static RuleSet),
    outcome: &Outcome,
) -> Result<Visit, Problem> {
    if standing(conn, visit)?.is_some() {
        return Err(Refusal::AlreadyCollected.into());
    }
    match outcome {
        Outcome::Collected(collected) => {
            let rules = rules_at(conn, &visit.drive, nation, deed.now)?;
            fits(conn, visit, collected, (None, &rules))?;
            write(conn, deed, (visit, nation), (collected, None)).map(|(visit, _)| visit)
        }
        Outcome::Deferred(until) => {
            if let Some((id, sealed, until)) = until {
                let deferral = NewDeferral {
                    id: *id,
                    person: visit.registration.person,
                    reason_sealed: sealed.clone(),
                    event_on: visit.registration.held_on,
                    until: Some(*until),
                    drive: Some(visit.drive.id),
                    registration: Some(AnyId(visit.registration.id.0)),
                    decided_by: deed.by,
                };
                donors::defer(conn, nation, &deferral, deed.now)?;
            }
            conclude(conn, deed, visit, RegistrationState::Deferred)
        }
        Outcome::Left => conclude(conn, deed, visit, RegistrationState::Left),
    }
}
