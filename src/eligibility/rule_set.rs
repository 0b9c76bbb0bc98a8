//! One dated set of rules: a nation's, a stricter facility's, or the two together.
use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Until;
use super::gift_limits::GiftLimits;
use super::limits::{Age, Frequency, VitalLimits};
use super::stricter::Stricter;
use super::wait::Wait;
use crate::blood::Component;

/// The rules of a nation or a facility, read from a file of `config/eligibility`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleSet {
    pub(super) about: About,
    pub(super) age: Age,
    pub(super) intervals: BTreeMap<Component, Wait>,
    #[serde(default)]
    pub(super) frequency: Option<Frequency>,
    pub(super) whole_blood: GiftLimits,
    pub(super) apheresis: GiftLimits,
    pub(super) vitals: VitalLimits,
    pub(super) deferrals: BTreeMap<String, DeferralRule>,
    #[serde(default)]
    pub(super) rest: BTreeMap<String, Rest>,
}

/// Which set this is and since when it holds.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct About {
    pub(super) id: String,
    #[serde(default)]
    pub(super) extends: Option<String>,
    pub(super) country: String,
    pub(super) name: Name,
    pub(super) source: String,
    pub(super) valid_from: NaiveDate,
}

/// What something is called on screen.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Name {
    /// In Vietnamese.
    pub vi: String,
    /// In English.
    pub en: String,
}

/// A reason to wait, and how long.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DeferralRule {
    pub(super) wait: Wait,
    pub(super) name: Name,
}

/// Work or sport that needs a rest after giving, or a day off.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rest {
    pub(super) hours: u16,
    pub(super) name: Name,
}

/// What is measured before a gift is held against these.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ScreeningLimits {
    #[serde(flatten)]
    vitals: VitalLimits,
    whole_blood: GiftLimits,
    /// Everything taken by a machine.
    apheresis: GiftLimits,
}

impl RuleSet {
    /// `vn-2013`; of two sets together, both ids in order: `facility-plasma-21+vn-2013`.
    pub fn id(&self) -> &str {
        &self.about.id
    }

    /// What the set is called on screen.
    pub fn name(&self) -> &Name {
        &self.about.name
    }

    /// The first day it holds; of two sets together, the later one.
    pub fn valid_from(&self) -> NaiveDate {
        self.about.valid_from
    }

    /// Both sets together: of each limit the stricter, of the deferral codes all. The order of the two does not matter.
    #[must_use]
    pub fn stricter(&self, other: &Self) -> Self {
        Self {
            about: self.about.stricter(&other.about),
            age: self.age.stricter(&other.age),
            intervals: self.intervals.stricter(&other.intervals),
            frequency: self.frequency.stricter(&other.frequency),
            whole_blood: self.whole_blood.stricter(&other.whole_blood),
            apheresis: self.apheresis.stricter(&other.apheresis),
            vitals: self.vitals.stricter(&other.vitals),
            deferrals: self.deferrals.stricter(&other.deferrals),
            rest: self.rest.stricter(&other.rest),
        }
    }

    /// When the wait of a deferral code ends, counted from the event, not from the visit; `None` for a code this set does
    /// not know and for one whose end the doctor states. Source: Thông tư 26/2013, Art. 5.
    pub fn deferral_end(&self, code: &str, event_on: NaiveDate) -> Option<Until> {
        let wait = self.deferrals.get(code)?.wait;
        (!wait.is_stated()).then(|| wait.end_after(event_on))
    }

    /// What a deferral code is called on screen; `None` for a code this set does not know.
    pub fn deferral_name(&self, code: &str) -> Option<&Name> {
        self.deferrals.get(code).map(|rule| &rule.name)
    }

    /// Every deferral code, for the list a nurse chooses from.
    pub fn deferral_codes(&self) -> impl Iterator<Item = &str> {
        self.deferrals.keys().map(String::as_str)
    }

    /// What the nurse's form shows beside each measurement.
    pub fn screening_limits(&self) -> ScreeningLimits {
        ScreeningLimits {
            vitals: self.vitals,
            whole_blood: self.whole_blood.clone(),
            apheresis: self.apheresis.clone(),
        }
    }

    /// Work and sport that need a rest after giving, in hours, or a day off. Source: Thông tư 26/2013, Art. 5.5.
    pub fn rest_after(&self) -> impl Iterator<Item = (&Name, u16)> {
        self.rest.values().map(|rest| (&rest.name, rest.hours))
    }

    /// Whether no limit of this set is looser than the floor's.
    pub(super) fn is_within(&self, floor: &Self) -> bool {
        let own = self.without_implied();
        let mut both = floor.stricter(self);
        both.about.clone_from(&own.about);
        both.take_names(&own);
        both == own
    }

    /// The same rules without those that others of the same set already say; what `stricter` answers has this form.
    #[must_use]
    pub(super) fn without_implied(&self) -> Self {
        self.stricter(self)
    }

    fn take_names(&mut self, named: &Self) {
        for (code, rule) in &mut self.deferrals {
            if let Some(same) = named.deferrals.get(code) {
                rule.name.clone_from(&same.name);
            }
        }
        for (code, rest) in &mut self.rest {
            if let Some(same) = named.rest.get(code) {
                rest.name.clone_from(&same.name);
            }
        }
    }
}

impl Stricter for About {
    fn stricter(&self, other: &Self) -> Self {
        if self == other {
            return self.clone();
        }
        Self {
            id: joined(&self.id, &other.id, "+"),
            extends: None,
            country: joined(&self.country, &other.country, "+"),
            name: Name {
                vi: joined(&self.name.vi, &other.name.vi, " + "),
                en: joined(&self.name.en, &other.name.en, " + "),
            },
            source: joined(&self.source, &other.source, "; "),
            valid_from: self.valid_from.max(other.valid_from),
        }
    }
}

fn joined(one: &str, other: &str, between: &str) -> String {
    let parts = one
        .split(between)
        .chain(other.split(between))
        .collect::<BTreeSet<_>>();
    parts.into_iter().collect::<Vec<_>>().join(between)
}

impl Stricter for DeferralRule {
    fn stricter(&self, other: &Self) -> Self {
        Self {
            wait: self.wait.stricter(&other.wait),
            name: self.name.clone().min(other.name.clone()),
        }
    }
}

impl Stricter for Rest {
    fn stricter(&self, other: &Self) -> Self {
        Self {
            hours: self.hours.max(other.hours),
            name: self.name.clone().min(other.name.clone()),
        }
    }
}
