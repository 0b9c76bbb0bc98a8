//! What holds of any facts and any rules.
use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use proptest::sample::select;

use super::{day, national};
use crate::blood::Component;
use crate::eligibility::screening::{Gift, Sex, Vitals, assess, largest_volume_ml};
use crate::eligibility::wait::Wait;
use crate::eligibility::{Deferral, Facts, Given, RuleSet, Until, Verdict, may_give};

const CODES: [&str; 6] = [
    "surgery",
    "tattoo",
    "flu",
    "vaccine_bcg",
    "hiv",
    "doctor_decision",
];

/// A day between 2020 and 2031, leap days and year ends among them.
fn some_day() -> impl Strategy<Value = NaiveDate> {
    (0_u64..4_000).prop_map(|days| day("2020-01-01") + Days::new(days))
}

fn some_birth_date() -> impl Strategy<Value = Option<NaiveDate>> {
    proptest::option::of((0_u64..25_000).prop_map(|days| day("1950-01-01") + Days::new(days)))
}

fn some_gift() -> impl Strategy<Value = Given> {
    (select(Component::ALL.as_slice()), some_day())
        .prop_map(|(component, on)| Given { component, on })
}

fn some_deferral() -> impl Strategy<Value = Deferral> {
    let dates = (
        proptest::option::of(some_day()),
        proptest::option::of(some_day()),
    );
    (
        select(CODES.as_slice()),
        dates,
        proptest::bool::weighted(0.05),
    )
        .prop_map(|(code, (event_on, until), is_permanent)| Deferral {
            code: code.to_owned(),
            event_on,
            until,
            is_permanent,
        })
}

#[derive(Debug, Clone)]
struct Known {
    birth_date: Option<NaiveDate>,
    history: Vec<Given>,
    deferrals: Vec<Deferral>,
}

impl Known {
    fn verdict(&self, rules: &RuleSet, today: NaiveDate) -> Verdict {
        let facts = Facts {
            birth_date: self.birth_date,
            history: &self.history,
            deferrals: &self.deferrals,
        };
        may_give(&facts, rules, today)
    }
}

fn something_known() -> impl Strategy<Value = Known> {
    let gifts = proptest::collection::vec(some_gift(), 0..6);
    let deferrals = proptest::collection::vec(some_deferral(), 0..4);
    (some_birth_date(), gifts, deferrals).prop_map(|(birth_date, history, deferrals)| Known {
        birth_date,
        history,
        deferrals,
    })
}

fn some_wait() -> impl Strategy<Value = Wait> {
    let text = prop_oneof![
        (1_u16..200).prop_map(|count| format!("{count} days")),
        (1_u16..30).prop_map(|count| format!("{count} weeks")),
        (1_u16..15).prop_map(|count| format!("{count} months")),
        Just("never".to_owned()),
        Just("stated".to_owned()),
    ];
    text.prop_map(|text| Wait::try_from(text).unwrap_or_default())
}

/// The national set with its waits moved about, looser and stricter.
fn some_waits() -> impl Strategy<Value = RuleSet> {
    let waits = (
        proptest::collection::vec(some_wait(), 6),
        proptest::collection::vec(some_wait(), CODES.len()),
    );
    (waits, 16_u32..21, 50_u32..66, 1_u16..5, 1_u32..10).prop_map(
        |(waits, from_years, to_years, at_most, in_days)| {
            let mut rules = national();
            rules.intervals = Component::ALL.into_iter().zip(waits.0).collect();
            for (code, wait) in CODES.into_iter().zip(waits.1) {
                rules
                    .deferrals
                    .entry(code.to_owned())
                    .and_modify(|rule| rule.wait = wait);
            }
            (rules.age.from_years, rules.age.to_years) = (from_years, to_years);
            if let Some(frequency) = &mut rules.frequency {
                (frequency.at_most, frequency.in_days) = (at_most, in_days);
            }
            rules
        },
    )
}

/// Its amounts moved about too.
fn some_rules() -> impl Strategy<Value = RuleSet> {
    let amounts = (
        40_u16..60,
        250_i32..700,
        proptest::option::of(6_u16..12),
        100_i32..140,
    );
    (some_waits(), amounts).prop_map(|(mut rules, (kg, ml, ml_per_kg, haemoglobin))| {
        rules.about.id = format!("rules-{kg}-{ml}");
        rules.whole_blood.at_least_kg.female = kg;
        (rules.whole_blood.at_most_ml, rules.whole_blood.ml_per_kg) = (ml, ml_per_kg);
        for lighter in &mut rules.apheresis.lighter {
            (lighter.under_kg, lighter.at_most_ml) = (kg, ml);
        }
        for least in &mut rules.whole_blood.haemoglobin {
            (least.above_ml, least.at_least_g_l) = (ml - 250, haemoglobin);
        }
        rules.without_implied()
    })
}

/// No day is later than any day.
fn later(one: &Verdict, other: &Verdict) -> bool {
    let end = |verdict: &Verdict| verdict.may_give_on.map_or(Until::Never, Until::Day);
    end(one) > end(other)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn one_more_gift_never_moves_the_day_earlier(known in something_known(), gift in some_gift(), rules in some_rules(), today in some_day()) {
        let mut more = known.clone();
        more.history.push(gift);
        prop_assert!(!later(&known.verdict(&rules, today), &more.verdict(&rules, today)));
        prop_assert!(known.verdict(&rules, today).clear_from <= more.verdict(&rules, today).clear_from);
    }

    #[test]
    fn one_more_deferral_never_moves_the_day_earlier(known in something_known(), deferral in some_deferral(), rules in some_rules(), today in some_day()) {
        let mut more = known.clone();
        more.deferrals.push(deferral);
        prop_assert!(!later(&known.verdict(&rules, today), &more.verdict(&rules, today)));
        prop_assert!(known.verdict(&rules, today).clear_from <= more.verdict(&rules, today).clear_from);
    }

    #[test]
    fn a_stricter_facility_never_yields_an_earlier_day(known in something_known(), nation in some_rules(), facility in some_rules(), today in some_day()) {
        let together = known.verdict(&nation.stricter(&facility), today);
        for alone in [&nation, &facility] {
            prop_assert!(!later(&known.verdict(alone, today), &together));
            prop_assert!(together.last_day <= known.verdict(alone, today).last_day);
        }
    }

    #[test]
    fn the_order_of_facts_does_not_matter(known in something_known(), today in some_day()) {
        let mut turned = known.clone();
        turned.history.reverse();
        turned.deferrals.reverse();
        prop_assert_eq!(known.verdict(&national(), today), turned.verdict(&national(), today));
    }

    #[test]
    fn the_day_is_the_end_of_the_longest_reason(known in something_known(), rules in some_rules(), today in some_day()) {
        let verdict = known.verdict(&rules, today);
        match verdict.may_give_on {
            Some(first) => {
                let longest = verdict.reasons.iter().filter_map(|reason| reason.until).max();
                prop_assert_eq!(first, longest.unwrap_or(today));
                prop_assert_eq!(first == today, verdict.reasons.is_empty());
            }
            None => prop_assert!(!verdict.reasons.is_empty()),
        }
    }

    #[test]
    fn what_is_promised_for_a_day_holds_on_that_day(known in something_known(), rules in some_rules(), today in some_day()) {
        let verdict = known.verdict(&rules, today);
        if let Some(first) = verdict.may_give_on {
            let then = known.verdict(&rules, first);
            prop_assert_eq!(then.may_give_on, Some(first));
            prop_assert!(then.reasons.is_empty());
        }
    }

    #[test]
    fn of_two_sets_the_order_does_not_matter_and_twice_is_once(one in some_rules(), other in some_rules(), third in some_rules()) {
        let both = one.stricter(&other);
        prop_assert_eq!(&both, &other.stricter(&one));
        prop_assert_eq!(&one, &one.stricter(&one));
        prop_assert_eq!(&both, &both.stricter(&both));
        prop_assert_eq!(&both, &both.stricter(&one));
        prop_assert_eq!(both.stricter(&third), one.stricter(&other.stricter(&third)));
        prop_assert!(both.is_within(&one) && both.is_within(&other));
    }

    #[test]
    fn stricter_rules_never_let_one_give_more(nation in some_rules(), facility in some_rules(), tenths in 300_u16..1_200, female in any::<bool>(), component in select(Component::ALL.as_slice())) {
        let (kg, sex) = (f64::from(tenths) / 10.0, if female { Sex::Female } else { Sex::Male });
        let most = |rules: &RuleSet| largest_volume_ml(kg, Some(sex), component, rules);
        prop_assert_eq!(most(&nation.stricter(&facility)), most(&nation).min(most(&facility)));
    }

    #[test]
    fn what_speaks_against_a_gift_still_does_under_stricter_rules(nation in some_rules(), facility in some_rules(), kg in 40_u8..90, volume_ml in 50_i32..700, haemoglobin in 90_i32..150) {
        let vitals = Vitals { weight_kg: Some(kg.into()), haemoglobin_g_l: Some(haemoglobin), ..Vitals::default() };
        let gift = Gift { component: Component::WholeBlood, volume_ml: Some(volume_ml), sex: Some(Sex::Female) };
        let count = |rules: &RuleSet| usize::from(!assess(&vitals, &gift, rules).is_empty());
        prop_assert_eq!(count(&nation.stricter(&facility)), count(&nation).max(count(&facility)));
    }
}
