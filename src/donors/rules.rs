//! Decisions about donors: from which day to which day they may give.
use super::model::{ALWAYS, NEVER};
use crate::eligibility::{Facts, RuleSet, Until, may_give};
use chrono::NaiveDate;

/// The days between which a donor may give, as kept in the row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Availability {
    pub(super) from: NaiveDate,
    pub(super) until: Option<NaiveDate>,
}

/// The same on whatever day it is asked: what is over binds nobody, but its end is still the earliest day.
pub(super) fn availability(facts: &Facts<'_>, rules: &RuleSet) -> Availability {
    let verdict = may_give(facts, rules, ALWAYS);
    let from = match verdict.clear_from {
        None => ALWAYS,
        Some(Until::Never) => NEVER,
        Some(Until::Day(day)) => day.clamp(ALWAYS, NEVER),
    };
    Availability {
        from,
        until: verdict.last_day.map(|day| day.clamp(ALWAYS, NEVER)),
    }
}
