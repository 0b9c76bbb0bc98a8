//! What is known of a person that bears on giving.
use chrono::NaiveDate;

use crate::blood::Component;

/// A person's facts, as the donors' records have them.
#[derive(Debug, Clone, Copy, Default)]
pub struct Facts<'a> {
    /// Unknown: age binds nobody here, the desk asks.
    pub birth_date: Option<NaiveDate>,
    /// Every gift known, here or elsewhere, in any order.
    pub history: &'a [Given],
    /// Every deferral known, over or not, in any order.
    pub deferrals: &'a [Deferral],
}

/// One gift.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Given {
    /// What was given; it sets the wait that follows.
    pub component: Component,
    /// The day of the gift.
    pub on: NaiveDate,
}

/// One deferral. Of what it says, the latest end holds; one that says no end at all binds until somebody does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deferral {
    /// A code of the rule set; of a code the set does not know, only the fields below count.
    pub code: String,
    /// The day of the surgery, the tattoo, the recovery: the code's wait counts from here.
    pub event_on: Option<NaiveDate>,
    /// The first day on which one may give again, as the doctor stated it.
    pub until: Option<NaiveDate>,
    /// Never again.
    pub is_permanent: bool,
}
