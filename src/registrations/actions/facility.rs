//! Who draws the blood may ask for longer waits than the nation: a place is given only where they are over.
use crate::donors;
use crate::eligibility::find_rules;
use crate::platform::db::Conn;
use crate::platform::id::PersonId;
use crate::platform::problem::Problem;
use crate::registrations::rules::{self, Standing};
use chrono::NaiveDate;

/// Refuses who may not give on that day under the facility's own rules, if it has any that hold by then.
pub(super) fn check(
    conn: &mut Conn,
    own_rules: Option<&str>,
    person: PersonId,
    held_on: NaiveDate,
) -> Result<(), Problem> {
    let Some(id) = own_rules else {
        return Ok(());
    };
    let own = find_rules(id).map_err(Problem::internal)?;
    if own.valid_from() > held_on {
        return Ok(());
    }
    let days = donors::availability_under(conn, own, person)?;
    let standing = Standing {
        available_from: Some(days.from),
        available_until: days.until,
        ..Standing::default()
    };
    Ok(rules::may_come(&standing, held_on)?)
}
