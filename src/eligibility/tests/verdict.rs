//! When somebody may give again, and why not yet.
use chrono::NaiveDate;

use super::{day, facility, national};
use crate::blood::Component;
use crate::eligibility::{Deferral, Facts, Given, Reason, Rule, RuleSet, Until, Verdict, may_give};

const TODAY: &str = "2026-06-15";

fn gave(component: Component, on: &str) -> Given {
    Given {
        component,
        on: day(on),
    }
}

fn deferred(code: &str, event_on: &str) -> Deferral {
    Deferral {
        code: code.to_owned(),
        event_on: Some(day(event_on)),
        until: None,
        is_permanent: false,
    }
}

fn undated(code: &str) -> Deferral {
    Deferral {
        code: code.to_owned(),
        event_on: None,
        until: None,
        is_permanent: false,
    }
}

fn after_gifts(history: &[Given], rules: &RuleSet) -> Verdict {
    may_give(
        &Facts {
            history,
            ..Facts::default()
        },
        rules,
        day(TODAY),
    )
}

fn after_deferrals(deferrals: &[Deferral]) -> Verdict {
    may_give(
        &Facts {
            deferrals,
            ..Facts::default()
        },
        &national(),
        day(TODAY),
    )
}

fn aged(birth_date: &str, today: &str) -> Verdict {
    let facts = Facts {
        birth_date: Some(day(birth_date)),
        ..Facts::default()
    };
    may_give(&facts, &national(), day(today))
}

fn first_day(verdict: &Verdict) -> Option<String> {
    verdict.may_give_on.map(|day| day.to_string())
}

fn slugs(verdict: &Verdict) -> Vec<String> {
    verdict.reasons.iter().map(Reason::slug).collect()
}

fn untils(verdict: &Verdict) -> Vec<String> {
    let days = verdict.reasons.iter().filter_map(|reason| reason.until);
    days.map(|day| day.to_string()).collect()
}

#[test]
fn who_never_gave_may_give_today() {
    let verdict = after_gifts(&[], &national());
    assert_eq!(verdict.may_give_on, Some(day(TODAY)));
    assert_eq!(
        (verdict.reasons.len(), verdict.clear_from, verdict.last_day),
        (0, None, None)
    );
}

#[test]
fn the_wait_is_that_of_the_component_given() {
    let expected = [
        (Component::WholeBlood, "2026-08-24"),
        (Component::RedCells, "2026-08-24"),
        (Component::Plasma, TODAY),
        (Component::Platelets, TODAY),
        (Component::Granulocytes, TODAY),
        (Component::StemCells, TODAY),
    ];
    for (component, free) in expected {
        let verdict = after_gifts(&[gave(component, "2026-06-01")], &national());
        assert_eq!(first_day(&verdict).as_deref(), Some(free), "{component}");
    }
    let verdict = after_gifts(&[gave(Component::Plasma, "2026-06-02")], &national());
    assert_eq!(first_day(&verdict).as_deref(), Some("2026-06-16"));
    assert_eq!(slugs(&verdict), ["interval_plasma"]);
}

#[test]
fn a_stricter_facility_waits_21_days_after_plasma_and_platelets_only() {
    for component in [Component::Plasma, Component::Platelets] {
        let verdict = after_gifts(&[gave(component, "2026-06-01")], &facility());
        assert_eq!(
            first_day(&verdict).as_deref(),
            Some("2026-06-22"),
            "{component}"
        );
    }
    let verdict = after_gifts(&[gave(Component::WholeBlood, "2026-06-01")], &facility());
    assert_eq!(first_day(&verdict).as_deref(), Some("2026-08-24"));
}

#[test]
fn the_84th_day_is_free_and_the_83rd_is_not() {
    let history = [gave(Component::WholeBlood, "2025-12-01")];
    let facts = Facts {
        history: &history,
        ..Facts::default()
    };
    let before = may_give(&facts, &national(), day("2026-02-22"));
    assert_eq!(first_day(&before).as_deref(), Some("2026-02-23"));
    assert_eq!(
        before.reasons.first().and_then(|reason| reason.until),
        Some(day("2026-02-23"))
    );
    let on_the_day = may_give(&facts, &national(), day("2026-02-23"));
    assert_eq!(first_day(&on_the_day).as_deref(), Some("2026-02-23"));
    assert!(on_the_day.reasons.is_empty());
    let later = may_give(&facts, &national(), day("2026-04-01"));
    assert_eq!(first_day(&later).as_deref(), Some("2026-04-01"));
    assert_eq!(later.clear_from, Some(Until::Day(day("2026-02-23"))));
}

#[test]
fn plasma_given_too_soon_after_blood_does_not_shorten_the_wait() {
    let history = [
        gave(Component::WholeBlood, "2026-06-01"),
        gave(Component::Plasma, "2026-06-10"),
    ];
    let verdict = after_gifts(&history, &national());
    assert_eq!(first_day(&verdict).as_deref(), Some("2026-08-24"));
    assert_eq!(slugs(&verdict), ["interval_whole_blood", "interval_plasma"]);
    let key = verdict.reasons.first().map(Reason::message_key);
    assert_eq!(key.as_deref(), Some("eligibility.interval-whole-blood"));
}

#[test]
fn granulocytes_and_stem_cells_are_given_at_most_three_times_in_seven_days() {
    let twice = [
        gave(Component::Granulocytes, "2026-06-12"),
        gave(Component::StemCells, "2026-06-14"),
    ];
    assert!(after_gifts(&twice, &national()).reasons.is_empty());
    let thrice = [twice.as_slice(), &[gave(Component::StemCells, TODAY)]].concat();
    let verdict = after_gifts(&thrice, &national());
    assert_eq!(first_day(&verdict).as_deref(), Some("2026-06-19"));
    assert_eq!(slugs(&verdict), ["frequency"]);
}

#[test]
fn three_gifts_of_granulocytes_over_eight_days_leave_the_next_free() {
    let history =
        ["2026-06-08", "2026-06-12", "2026-06-14"].map(|on| gave(Component::Granulocytes, on));
    assert!(after_gifts(&history, &national()).reasons.is_empty());
}

/// The end of each wait for an event on 31 May 2026, and the codes that have it.
const ENDS: [(&str, &str); 4] = [
    (
        "2027-05-31",
        "surgery malaria syphilis tuberculosis tetanus encephalitis meningitis rabies_vaccine blood_received pregnancy_end",
    ),
    (
        "2026-12-01",
        "tattoo piercing blood_exposure typhoid sepsis snake_bite thrombosis osteomyelitis pancreatitis",
    ),
    (
        "2026-06-28",
        "gastroenteritis urinary_infection skin_infection bronchitis pneumonia measles whooping_cough mumps dengue dysentery rubella cholera vaccine_rubella vaccine_measles vaccine_typhoid vaccine_cholera vaccine_mumps vaccine_chickenpox vaccine_bcg",
    ),
    (
        "2026-06-07",
        "flu cold nasal_allergy migraine vaccine_other",
    ),
];

#[test]
fn deferrals_count_from_the_event_for_as_long_as_the_circular_says() {
    for (end, codes) in ENDS {
        for code in codes.split_whitespace() {
            let end = Some(Until::Day(day(end)));
            assert_eq!(
                national().deferral_end(code, day("2026-05-31")),
                end,
                "{code}"
            );
            assert_eq!(
                after_deferrals(&[deferred(code, "2026-05-31")]).clear_from,
                end,
                "{code}"
            );
        }
    }
}

#[test]
fn no_code_of_the_national_set_is_forgotten_above() {
    let listed = ENDS
        .iter()
        .map(|(_, codes)| codes.split_whitespace().count())
        .sum::<usize>();
    assert_eq!(
        national().deferral_codes().count(),
        listed + NEVER.len() + 1,
        "one end is stated by the doctor"
    );
}

const NEVER: [&str; 6] = [
    "hiv",
    "hepatitis_b",
    "hepatitis_c",
    "chronic_disease",
    "organ_transplant",
    "drug_dependence",
];

#[test]
fn some_conditions_mean_never() {
    for code in NEVER {
        assert!(
            national().deferral_end(code, day(TODAY)) == Some(Until::Never),
            "{code}"
        );
        let verdict = after_deferrals(&[undated(code)]);
        assert_eq!(
            (verdict.may_give_on, verdict.clear_from),
            (None, Some(Until::Never)),
            "{code}"
        );
        assert_eq!(slugs(&verdict), [format!("deferral_{code}")]);
    }
}

#[test]
fn a_permanent_deferral_outlives_its_code() {
    let verdict = after_deferrals(&[Deferral {
        is_permanent: true,
        ..deferred("flu", "2020-01-01")
    }]);
    assert_eq!(verdict.may_give_on, None);
    assert_eq!(
        verdict.reasons.first().map(Reason::message_key).as_deref(),
        Some("eligibility.deferral-open")
    );
}

#[test]
fn the_later_of_the_doctors_day_and_the_codes_wait_holds() {
    let until = |date| Deferral {
        until: Some(day(date)),
        ..deferred("flu", "2026-06-14")
    };
    assert_eq!(
        first_day(&after_deferrals(&[until("2026-07-01")])).as_deref(),
        Some("2026-07-01")
    );
    assert_eq!(
        first_day(&after_deferrals(&[until("2026-06-16")])).as_deref(),
        Some("2026-06-21")
    );
}

#[test]
fn a_doctors_decision_ends_on_the_day_the_doctor_stated() {
    let stated = Deferral {
        until: Some(day("2026-09-01")),
        ..undated("doctor_decision")
    };
    assert_eq!(
        first_day(&after_deferrals(&[stated])).as_deref(),
        Some("2026-09-01")
    );
}

#[test]
fn a_deferral_that_says_no_end_binds_until_somebody_says_one() {
    for open in [
        undated("doctor_decision"),
        undated("tattoo"),
        deferred("no_such_code", "2026-01-01"),
    ] {
        assert_eq!(after_deferrals(&[open]).may_give_on, None);
    }
}

#[test]
fn every_reason_that_still_binds_is_named_the_longest_first() {
    let history = [gave(Component::WholeBlood, "2026-05-01")];
    let deferrals = [
        deferred("flu", "2026-06-10"),
        deferred("tattoo", "2026-06-01"),
        deferred("cold", "2026-01-01"),
    ];
    let facts = Facts {
        birth_date: Some(day("2008-07-01")),
        history: &history,
        deferrals: &deferrals,
    };
    let verdict = may_give(&facts, &national(), day(TODAY));
    assert_eq!(first_day(&verdict).as_deref(), Some("2026-12-01"));
    assert_eq!(
        slugs(&verdict),
        [
            "deferral_tattoo",
            "interval_whole_blood",
            "too_young",
            "deferral_flu"
        ]
    );
    assert_eq!(
        untils(&verdict),
        ["2026-12-01", "2026-07-24", "2026-07-01", "2026-06-17"]
    );
}

#[test]
fn two_deferrals_with_one_code_are_one_reason() {
    let verdict = after_deferrals(&[deferred("flu", "2026-06-14"), deferred("flu", "2026-06-10")]);
    assert_eq!(slugs(&verdict), ["deferral_flu"]);
    assert_eq!(first_day(&verdict).as_deref(), Some("2026-06-21"));
}

#[test]
fn one_gives_from_the_18th_birthday_on() {
    assert_eq!(slugs(&aged("2008-06-16", TODAY)), ["too_young"]);
    assert_eq!(
        first_day(&aged("2008-06-16", TODAY)).as_deref(),
        Some("2026-06-16")
    );
    assert!(aged("2008-06-15", TODAY).reasons.is_empty());
    assert_eq!(
        first_day(&aged("2008-02-29", "2026-02-28")).as_deref(),
        Some("2026-03-01")
    );
    assert_eq!(
        first_day(&aged("2008-12-31", "2026-12-30")).as_deref(),
        Some("2026-12-31")
    );
}

#[test]
fn one_gives_up_to_the_60th_birthday() {
    let verdict = aged("1966-06-15", TODAY);
    assert_eq!(
        (verdict.may_give_on, verdict.last_day),
        (Some(day(TODAY)), Some(day(TODAY)))
    );
    let verdict = aged("1966-06-14", TODAY);
    assert_eq!(verdict.may_give_on, None);
    assert_eq!(
        verdict.reasons.first().map(|reason| &reason.rule),
        Some(&Rule::TooOld)
    );
}

#[test]
fn another_rule_file_may_let_one_give_until_the_day_before_the_61st_birthday() {
    let text = include_str!("../../../config/eligibility/vn-2013.toml");
    let text = text
        .replace("\"vn-2013\"", "\"other\"")
        .replace("\"birthday\"", "\"day_before_next_birthday\"");
    let mut book = super::book();
    book.add(&text).expect("a rule set");
    let last = |born| {
        let facts = Facts {
            birth_date: Some(day(born)),
            ..Facts::default()
        };
        may_give(&facts, book.find("other").expect("the set"), day(TODAY)).last_day
    };
    assert_eq!(last("1966-06-16"), Some(day("2027-06-15")));
    assert_eq!(last("1964-02-29"), Some(day("2025-02-28")));
    assert_eq!(last("1966-01-01"), Some(day("2026-12-31")));
}

#[test]
fn a_wait_that_ends_after_the_last_birthday_means_not_again() {
    let history = [gave(Component::WholeBlood, "2026-06-01")];
    let facts = Facts {
        birth_date: Some(day("1966-08-23")),
        history: &history,
        ..Facts::default()
    };
    let verdict = may_give(&facts, &national(), day(TODAY));
    assert_eq!(verdict.may_give_on, None);
    assert_eq!(slugs(&verdict), ["too_old", "interval_whole_blood"]);
    let day_younger = Facts {
        birth_date: Some(day("1966-08-24")),
        ..facts
    };
    assert_eq!(
        may_give(&day_younger, &national(), day(TODAY)).may_give_on,
        Some(day("2026-08-24"))
    );
}

#[test]
fn absurd_dates_are_no_panic() {
    let history = [Given {
        component: Component::WholeBlood,
        on: NaiveDate::MAX,
    }];
    let facts = Facts {
        birth_date: Some(NaiveDate::MIN),
        history: &history,
        ..Facts::default()
    };
    assert_eq!(may_give(&facts, &national(), day(TODAY)).may_give_on, None);
}
