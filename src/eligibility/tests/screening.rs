//! What is measured, and how much may be given.
use super::{day, national};
use crate::blood::Component;
use crate::eligibility::screening::{Finding, Gift, Sex, Vitals, assess, largest_volume_ml};

const FEMALE: Option<Sex> = Some(Sex::Female);
const MALE: Option<Sex> = Some(Sex::Male);

fn healthy() -> Vitals {
    Vitals {
        weight_kg: Some(56.0),
        systolic_mmhg: Some(120),
        diastolic_mmhg: Some(80),
        pulse_bpm: Some(72),
        haemoglobin_g_l: Some(130),
    }
}

fn gift(component: Component, volume_ml: i32) -> Gift {
    Gift {
        component,
        volume_ml: Some(volume_ml),
        sex: FEMALE,
    }
}

fn found(vitals: &Vitals, gift: &Gift) -> Vec<(&'static str, i32)> {
    let findings = assess(vitals, gift, &national());
    findings
        .iter()
        .map(|Finding { rule, limit }| (*rule, *limit))
        .collect()
}

fn blood_350(vitals: &Vitals) -> Vec<(&'static str, i32)> {
    found(vitals, &gift(Component::WholeBlood, 350))
}

#[test]
fn nothing_speaks_against_a_healthy_donor() {
    assert!(blood_350(&healthy()).is_empty());
}

#[test]
fn a_finding_names_its_sentence() {
    let finding = Finding {
        rule: "weight_low",
        limit: 42,
    };
    assert_eq!(finding.message_key(), "eligibility.weight-low");
}

#[test]
fn what_was_not_measured_is_no_finding() {
    assert!(blood_350(&Vitals::default()).is_empty());
    assert_eq!(
        found(&Vitals::default(), &gift(Component::WholeBlood, 501)),
        [("volume_over", 500)]
    );
}

#[test]
fn the_most_one_may_give_follows_from_weight_and_sex() {
    let whole_blood = [
        (41.9, FEMALE, 0),
        (42.0, FEMALE, 250),
        (44.9, FEMALE, 250),
        (44.9, MALE, 0),
        (44.9, None, 0),
        (45.0, MALE, 405),
        (45.0, None, 405),
        (47.5, FEMALE, 427),
        (50.0, MALE, 450),
        (55.5, MALE, 499),
        (55.6, MALE, 500),
        (120.0, FEMALE, 500),
        (f64::NAN, FEMALE, 0),
        (f64::INFINITY, FEMALE, 500),
        (-50.0, FEMALE, 0),
    ];
    for (kg, sex, ml) in whole_blood {
        assert_eq!(
            largest_volume_ml(kg, sex, Component::WholeBlood, &national()),
            ml,
            "{kg} kg {sex:?}"
        );
    }
}

#[test]
fn a_machine_takes_from_50_kg_up_to_500_ml_and_from_60_kg_up_to_650() {
    for component in Component::ALL
        .into_iter()
        .filter(|component| component.is_apheresis())
    {
        for (kg, ml) in [
            (49.9, 0),
            (50.0, 500),
            (59.9, 500),
            (60.0, 650),
            (100.0, 650),
        ] {
            for sex in [FEMALE, MALE, None] {
                assert_eq!(
                    largest_volume_ml(kg, sex, component, &national()),
                    ml,
                    "{component} at {kg} kg"
                );
            }
        }
    }
}

#[test]
fn too_light_and_too_much_are_two_findings() {
    let light = |kg| Vitals {
        weight_kg: Some(kg),
        ..healthy()
    };
    assert_eq!(blood_350(&light(41.5)), [("weight_low", 42)]);
    assert_eq!(blood_350(&light(44.0)), [("volume_over", 250)]);
    assert!(found(&light(44.0), &gift(Component::WholeBlood, 250)).is_empty());
    assert_eq!(
        found(&light(50.0), &gift(Component::WholeBlood, 451)),
        [("volume_over", 450)]
    );
    assert_eq!(
        found(&light(49.0), &gift(Component::Plasma, 350)),
        [("weight_low", 50)]
    );
    assert_eq!(
        found(&light(59.0), &gift(Component::Plasma, 501)),
        [("volume_over", 500)]
    );
}

#[test]
fn blood_pressure_and_pulse_have_a_lower_and_an_upper_end() {
    let with = |systolic, diastolic, pulse| {
        blood_350(&Vitals {
            systolic_mmhg: Some(systolic),
            diastolic_mmhg: Some(diastolic),
            pulse_bpm: Some(pulse),
            ..healthy()
        })
    };
    assert!(with(100, 60, 60).is_empty());
    assert!(with(159, 99, 90).is_empty());
    assert_eq!(
        with(99, 59, 59),
        [
            ("systolic_low", 100),
            ("diastolic_low", 60),
            ("pulse_low", 60)
        ]
    );
    assert_eq!(
        with(160, 100, 91),
        [
            ("systolic_high", 159),
            ("diastolic_high", 99),
            ("pulse_high", 90)
        ]
    );
}

#[test]
fn more_than_350_ml_needs_stronger_blood() {
    let with = |haemoglobin, volume_ml| {
        let vitals = Vitals {
            haemoglobin_g_l: Some(haemoglobin),
            ..healthy()
        };
        found(&vitals, &gift(Component::WholeBlood, volume_ml))
    };
    assert!(with(120, 350).is_empty());
    assert!(with(125, 351).is_empty());
    assert_eq!(with(119, 250), [("haemoglobin_low", 120)]);
    assert_eq!(with(124, 351), [("haemoglobin_low", 125)]);
    let undecided = Gift {
        volume_ml: None,
        ..gift(Component::WholeBlood, 0)
    };
    let pale = Vitals {
        haemoglobin_g_l: Some(119),
        ..healthy()
    };
    assert_eq!(found(&pale, &undecided), [("haemoglobin_low", 120)]);
}

#[test]
fn some_work_needs_twelve_hours_of_rest() {
    assert_eq!(
        national()
            .rest_after()
            .map(|(_, hours)| hours)
            .collect::<Vec<_>>(),
        [12, 12, 12]
    );
}

#[test]
fn sex_is_sent_and_stored_under_the_same_word() {
    for sex in [Sex::Female, Sex::Male] {
        assert_eq!(Sex::parse(sex.as_str()), Some(sex));
        assert_eq!(serde_json::to_value(sex).ok(), Some(sex.as_str().into()));
    }
    assert_eq!(Sex::parse("f"), None);
    assert_eq!(national().valid_from(), day("2014-01-01"));
}
