//! Who may give, how much, from which day on, and every reason why not yet.
mod at_hand;
mod book;
mod calendar;
mod facts;
mod fault;
mod gift_limits;
mod limits;
mod rule_set;
pub mod screening;
mod stricter;
mod verdict;
mod wait;

pub use at_hand::{find_rules, rule_set_ids};
pub use book::{RuleBook, RuleSetError};
pub use facts::{Deferral, Facts, Given};
pub use rule_set::{Name, RuleSet, ScreeningLimits};
pub use verdict::{Reason, Rule, Verdict, may_give};
pub use wait::Until;

#[cfg(test)]
mod tests;
