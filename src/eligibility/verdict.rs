//! The day from which a person may give, and every reason that is still in the way.
use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::calendar::days_after;
use super::wait::Wait;
use super::{Deferral, Facts, RuleSet, Until};
use crate::blood::Component;

/// The answer to "when may I give again?". The examining doctor still has the last word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// The first day from today on; `None`: not again, or nobody can say when.
    pub may_give_on: Option<NaiveDate>,
    /// The last day the age allows; `None` while the birth date is unknown.
    pub last_day: Option<NaiveDate>,
    /// What still binds today, the longest first; empty for who may give today.
    pub reasons: Vec<Reason>,
    /// The end of all that ever stood in the way, whatever day it is today: the value to store. `None`: nothing ever did.
    pub clear_from: Option<Until>,
}

/// One reason why not today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// Which rule.
    pub rule: Rule,
    /// The first day it no longer binds; `None`: it does not end, or nobody can say when.
    pub until: Option<NaiveDate>,
}

/// The rules that can stand in the way.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// Before the 18th birthday.
    TooYoung,
    /// Past the last day of age, or past it when all else has ended.
    TooOld,
    /// Too soon after a gift of this component.
    Interval(Component),
    /// Too many gifts of granulocytes or stem cells in a few days.
    Frequency,
    /// A deferral with this code.
    Deferral(String),
}

impl Reason {
    /// The name on the wire: `too_young`, `too_old`, `interval_plasma`, `frequency`, `deferral_tattoo`.
    pub fn slug(&self) -> String {
        match &self.rule {
            Rule::TooYoung => "too_young".to_owned(),
            Rule::TooOld => "too_old".to_owned(),
            Rule::Interval(component) => format!("interval_{component}"),
            Rule::Frequency => "frequency".to_owned(),
            Rule::Deferral(code) => format!("deferral_{code}"),
        }
    }

    /// The sentence for it: `eligibility.` and the slug with dashes, but one of two for every deferral, `eligibility.deferral`
    /// and, without an end, `eligibility.deferral-open`; these take the code's name.
    pub fn message_key(&self) -> String {
        match (&self.rule, self.until) {
            (Rule::Deferral(_), Some(_)) => "eligibility.deferral".to_owned(),
            (Rule::Deferral(_), None) => "eligibility.deferral-open".to_owned(),
            _ => format!("eligibility.{}", self.slug().replace('_', "-")),
        }
    }
}

/// From which day this person may give under these rules, and why not today. Source: Thông tư 26/2013, Art. 4 to 6.
pub fn may_give(facts: &Facts<'_>, rules: &RuleSet, today: NaiveDate) -> Verdict {
    let ends = ends(facts, rules);
    let clear_from = ends.values().max().copied();
    let last_day = facts.birth_date.map(|born| rules.age.last_day(born));
    let first_day = clear_from.map_or(Some(today), |end| Some(end.day()?.max(today)));
    let may_give_on = first_day.filter(|first| last_day.is_none_or(|last| *first <= last));
    let mut reasons = binding(ends, today);
    if first_day.is_some() && may_give_on.is_none() {
        reasons.insert(
            0,
            Reason {
                rule: Rule::TooOld,
                until: None,
            },
        );
    }
    Verdict {
        may_give_on,
        last_day,
        reasons,
        clear_from,
    }
}

fn binding(ends: BTreeMap<Rule, Until>, today: NaiveDate) -> Vec<Reason> {
    let mut still = ends
        .into_iter()
        .filter(|(_, end)| *end > Until::Day(today))
        .collect::<Vec<_>>();
    still.sort_by_key(|(_, end)| std::cmp::Reverse(*end));
    still
        .into_iter()
        .map(|(rule, end)| Reason {
            rule,
            until: end.day(),
        })
        .collect()
}

/// The end of every rule that ever stood in the way, over or not; of several of one rule, the latest.
fn ends(facts: &Facts<'_>, rules: &RuleSet) -> BTreeMap<Rule, Until> {
    let age = facts
        .birth_date
        .map(|born| (Rule::TooYoung, Until::Day(rules.age.first_day(born))));
    let gifts = facts.history.iter().filter_map(|given| {
        let wait = rules.intervals.get(&given.component)?;
        Some((Rule::Interval(given.component), wait.end_after(given.on)))
    });
    let deferrals = facts.deferrals.iter().map(|deferral| {
        (
            Rule::Deferral(deferral.code.clone()),
            deferral_end(deferral, rules),
        )
    });
    let mut ends = BTreeMap::new();
    for (rule, end) in age
        .into_iter()
        .chain(gifts)
        .chain(frequency_end(facts, rules))
        .chain(deferrals)
    {
        ends.entry(rule)
            .and_modify(|known: &mut Until| *known = end.max(*known))
            .or_insert(end);
    }
    ends
}

/// With three gifts allowed in seven days, the next is free seven days after the third last.
fn frequency_end(facts: &Facts<'_>, rules: &RuleSet) -> Option<(Rule, Until)> {
    let frequency = rules.frequency.as_ref()?;
    let mut dates = facts
        .history
        .iter()
        .filter(|given| frequency.components.contains(&given.component))
        .map(|given| given.on)
        .collect::<Vec<_>>();
    dates.sort_unstable_by(|one, other| other.cmp(one));
    let first_counted = dates.get(usize::from(frequency.at_most).checked_sub(1)?)?;
    Some((
        Rule::Frequency,
        Until::Day(days_after(*first_counted, frequency.in_days)),
    ))
}

/// The later of the code's wait and the day stated; never, where neither says a day.
fn deferral_end(deferral: &Deferral, rules: &RuleSet) -> Until {
    let wait = rules.deferrals.get(&deferral.code).map(|rule| rule.wait);
    let stated = deferral.until.map(Until::Day);
    let counted = wait.and_then(|wait| Some(wait.end_after(deferral.event_on?)));
    let is_open = stated.is_none() && wait.is_none_or(Wait::is_stated);
    if deferral.is_permanent || is_open || wait.is_some_and(Wait::is_never) {
        return Until::Never;
    }
    counted.max(stated).unwrap_or(Until::Never)
}
