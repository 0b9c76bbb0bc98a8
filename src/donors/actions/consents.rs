//! Yes and no to each purpose; what an index must know of it is copied to the donor's row.
use super::enrol;
use crate::donors::rules::Refusal;
use crate::donors::store;
use crate::eligibility::RuleSet;
use crate::people::{self, ConsentChange, ConsentSource, Purpose};
use crate::platform::db::Conn;
use crate::platform::id::PersonId;
use crate::platform::notices::{self, stops};
use crate::platform::problem::Problem;
use diesel::QueryResult;

/// Keeps a yes or no. Without the consent to keep the data there is no entry: it ends with the account.
pub fn set_consent(
    conn: &mut Conn,
    rules: &RuleSet,
    change: &ConsentChange,
) -> Result<(), Problem> {
    if change.purpose == Purpose::Data && !change.is_granted {
        return Err(Refusal::DataConsentNeeded.into());
    }
    people::consents::record(conn, change)?;
    stop_or_go_on(conn, change)?;
    enrol(conn, rules, change.person, change.given_at)?;
    Ok(copy_wishes(conn, change.person)?)
}

/// A no hangs on the contacts too, so that it outlives the entry; only the person's own yes takes it away.
fn stop_or_go_on(conn: &mut Conn, change: &ConsentChange) -> QueryResult<()> {
    let stopped: &[notices::Purpose] = match change.purpose {
        Purpose::Calls => &[notices::Purpose::Call],
        Purpose::Reminders => &[notices::Purpose::Reminder, notices::Purpose::FollowUp],
        Purpose::Data | Purpose::ClubSharing | Purpose::Honours | Purpose::Research => &[],
    };
    let lookups = people::contacts::lookups(conn, change.person)?;
    for purpose in stopped {
        if !change.is_granted {
            let why = stops::StopReason::Asked;
            stops::put(conn, &lookups, Some(*purpose), why, change.given_at)?;
        } else if change.source == ConsentSource::Themself {
            stops::lift(conn, &lookups, *purpose)?;
        }
    }
    Ok(())
}

/// Nobody is asked or reminded who did not also agree that we keep their data.
pub(super) fn copy_wishes(conn: &mut Conn, person: PersonId) -> QueryResult<()> {
    let is_kept = people::consents::has(conn, person, Purpose::Data)?;
    let calls = is_kept && people::consents::has(conn, person, Purpose::Calls)?;
    let reminders = is_kept && people::consents::has(conn, person, Purpose::Reminders)?;
    store::put_wishes(conn, person, (calls, reminders))
}
