//! What the nurse found, and what follows from it.
use super::rules_at;
use crate::blood::Component;
use crate::donations::model::{Decision, ScreeningId};
use crate::donations::rules::Refusal;
use crate::donations::store::{self, NewScreening};
use crate::donors;
use crate::donors::model::{DeferralId, NewDeferral};
use crate::eligibility::RuleSet;
use crate::eligibility::screening::{Finding, Gift, Vitals, assess};
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::id::AnyId;
use crate::platform::problem::Problem;
use crate::registrations::conclude;
use crate::registrations::model::{Deed, RegistrationState, Visit};
use chrono::NaiveDate;

/// A reason for a deferral, its code sealed for its row.
#[derive(Debug, Clone)]
pub(crate) struct Deferring {
    pub(crate) id: DeferralId,
    pub(crate) sealed: String,
    pub(crate) event_on: NaiveDate,
    pub(crate) until: Option<NaiveDate>,
}

/// A screening: what was found, sealed, and what was decided.
#[derive(Debug, Clone)]
pub(crate) struct Screened {
    pub(crate) id: ScreeningId,
    pub(crate) sealed: String,
    pub(crate) vitals: Vitals,
    pub(crate) decision: Decision,
    pub(crate) reasons: Vec<Deferring>,
    pub(crate) at: Option<Moment>,
}

/// Keeps what was found and follows the decision; answers what speaks against a gift by the rules. The doctor decides.
pub(crate) fn screen(
    conn: &mut Conn,
    deed: &Deed,
    (visit, nation): (&Visit, &'static RuleSet),
    screened: &Screened,
) -> Result<(Visit, Vec<Finding>), Problem> {
    visit.may_change()?;
    let has_given = visit.registration.state == RegistrationState::Collected;
    if has_given && screened.decision == Decision::Deferred {
        return Err(Refusal::AlreadyCollected.into());
    }
    let rules = rules_at(conn, &visit.drive, nation, deed.now)?;
    for earlier in store::deferrals_of(conn, visit.registration.id, visit.registration.person)? {
        donors::lift_deferral(conn, nation, earlier, deed.now)?;
    }
    let after = match screened.decision {
        _ if has_given => visit.clone(),
        Decision::Accepted => conclude(conn, deed, visit, RegistrationState::CheckedIn)?,
        Decision::Deferred => conclude(conn, deed, visit, RegistrationState::Deferred)?,
    };
    keep(conn, deed, visit, screened)?;
    for reason in &screened.reasons {
        donors::defer(conn, nation, &deferral(deed, visit, reason), deed.now)?;
    }
    let gift = Gift {
        component: Component::WholeBlood,
        volume_ml: None,
        sex: super::collect::sex_of(conn, visit.registration.person)?,
    };
    Ok((after, assess(&screened.vitals, &gift, &rules)))
}

fn keep(conn: &mut Conn, deed: &Deed, visit: &Visit, screened: &Screened) -> Result<(), Problem> {
    let new = NewScreening {
        id: screened.id,
        registration: visit.registration.id,
        findings_sealed: screened.sealed.clone(),
        decision: screened.decision,
        screened_by: deed.by,
        screened_at: screened.at.unwrap_or(deed.now),
        created_at: deed.now,
    };
    Ok(store::insert_screening(conn, &new)?)
}

fn deferral(deed: &Deed, visit: &Visit, reason: &Deferring) -> NewDeferral {
    NewDeferral {
        id: reason.id,
        person: visit.registration.person,
        reason_sealed: reason.sealed.clone(),
        event_on: reason.event_on,
        until: reason.until,
        drive: Some(visit.drive.id),
        registration: Some(AnyId(visit.registration.id.0)),
        decided_by: deed.by,
    }
}
