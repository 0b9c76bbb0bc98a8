//! What makes a rule set unusable although every key is there.
use super::RuleSet;
use crate::blood::Volume;

impl RuleSet {
    /// The first fault found, in English; `None` for a set that makes sense.
    pub(super) fn fault(&self) -> Option<&'static str> {
        CHECKS
            .iter()
            .find_map(|(is_right, why)| (!is_right(self)).then_some(*why))
    }
}

type Check = (fn(&RuleSet) -> bool, &'static str);

const CHECKS: [Check; 7] = [
    (has_slug, "an id is small letters, digits and dashes"),
    (has_ages, "the ages are the wrong way round"),
    (has_ranges, "a range of the vitals is the wrong way round"),
    (has_volumes, "a volume is more than 0 and at most 700 ml"),
    (
        counts_gifts,
        "a frequency counts at least one gift and one day",
    ),
    (has_intervals, "an interval is counted, not stated"),
    (
        has_codes,
        "a deferral code is small letters, digits and underscores",
    ),
];

fn has_slug(rules: &RuleSet) -> bool {
    is_made_of(rules.id(), '-')
}

fn has_ages(rules: &RuleSet) -> bool {
    rules.age.from_years <= rules.age.to_years
}

fn has_ranges(rules: &RuleSet) -> bool {
    let vitals = &rules.vitals;
    [
        vitals.systolic_mmhg,
        vitals.diastolic_mmhg,
        vitals.pulse_bpm,
    ]
    .iter()
    .all(|between| between.at_least <= between.at_most)
}

fn has_volumes(rules: &RuleSet) -> bool {
    let possible = 1..=Volume::LARGEST_ML;
    [&rules.whole_blood, &rules.apheresis].iter().all(|limits| {
        let lighter = limits.lighter.iter().map(|lighter| lighter.at_most_ml);
        lighter
            .chain([limits.at_most_ml])
            .all(|ml| possible.contains(&ml))
    })
}

fn counts_gifts(rules: &RuleSet) -> bool {
    rules
        .frequency
        .iter()
        .all(|limit| limit.at_most > 0 && limit.in_days > 0)
}

fn has_intervals(rules: &RuleSet) -> bool {
    !rules.intervals.values().any(|wait| wait.is_stated())
}

fn has_codes(rules: &RuleSet) -> bool {
    rules.deferrals.keys().all(|code| is_made_of(code, '_'))
}

fn is_made_of(text: &str, between: char) -> bool {
    !text.is_empty()
        && text.chars().all(|letter| {
            letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == between
        })
}
