//! What the nurse measures before a gift, how much may be given, and what speaks against it.
use serde::{Deserialize, Serialize};

use super::RuleSet;
use super::gift_limits::GiftLimits;
use super::limits::Between;
use crate::blood::Component;

/// Sex as the rules on weight know it; `female` and `male` on the wire and in the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sex {
    /// Nữ.
    Female,
    /// Nam.
    Male,
}

impl Sex {
    /// Reads the word that [`as_str`](Self::as_str) gives, and no other.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Female, Self::Male]
            .into_iter()
            .find(|sex| sex.as_str() == text)
    }

    /// `female` or `male`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Female => "female",
            Self::Male => "male",
        }
    }
}

/// What was measured; what was not measured speaks neither for nor against.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Vitals {
    /// In kilograms.
    pub weight_kg: Option<f64>,
    /// The upper blood pressure, in mmHg.
    pub systolic_mmhg: Option<i32>,
    /// The lower blood pressure, in mmHg.
    pub diastolic_mmhg: Option<i32>,
    /// Beats a minute.
    pub pulse_bpm: Option<i32>,
    /// In grams per litre: 12.5 g/dl is 125.
    pub haemoglobin_g_l: Option<i32>,
}

/// The gift in question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gift {
    /// What is to be given.
    pub component: Component,
    /// How much, where it is already decided, in millilitres.
    pub volume_ml: Option<i32>,
    /// Unknown: the heavier of the two least weights holds.
    pub sex: Option<Sex>,
}

/// One thing that speaks against the gift; the examining doctor decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Finding {
    /// The name on the wire: `weight_low`, `volume_over`, `systolic_low`, `systolic_high` and so on to `haemoglobin_low`.
    pub rule: &'static str,
    /// The limit that is not kept, in the unit of the measurement.
    pub limit: i32,
}

impl Finding {
    /// The sentence for it, which takes the limit: `eligibility.weight-low` and so on.
    pub fn message_key(&self) -> String {
        format!("eligibility.{}", self.rule.replace('_', "-"))
    }
}

/// The most this person may give, in millilitres; 0 for who is too light. Source: Thông tư 26/2013, Art. 4.2.
pub fn largest_volume_ml(
    weight_kg: f64,
    sex: Option<Sex>,
    component: Component,
    rules: &RuleSet,
) -> i32 {
    limits_of(component, rules).largest_ml(weight_kg, sex)
}

/// Everything measured that speaks against the gift, weight and volume first; empty where nothing does.
pub fn assess(vitals: &Vitals, gift: &Gift, rules: &RuleSet) -> Vec<Finding> {
    let limits = limits_of(gift.component, rules);
    let measured = [
        weight_finding(vitals, gift, limits),
        volume_finding(vitals, gift, limits),
        low(
            "systolic_low",
            vitals.systolic_mmhg,
            rules.vitals.systolic_mmhg,
        ),
        high(
            "systolic_high",
            vitals.systolic_mmhg,
            rules.vitals.systolic_mmhg,
        ),
        low(
            "diastolic_low",
            vitals.diastolic_mmhg,
            rules.vitals.diastolic_mmhg,
        ),
        high(
            "diastolic_high",
            vitals.diastolic_mmhg,
            rules.vitals.diastolic_mmhg,
        ),
        low("pulse_low", vitals.pulse_bpm, rules.vitals.pulse_bpm),
        high("pulse_high", vitals.pulse_bpm, rules.vitals.pulse_bpm),
        haemoglobin_finding(vitals, gift, limits),
    ];
    measured.into_iter().flatten().collect()
}

fn limits_of(component: Component, rules: &RuleSet) -> &GiftLimits {
    if component.is_apheresis() {
        &rules.apheresis
    } else {
        &rules.whole_blood
    }
}

fn weight_finding(vitals: &Vitals, gift: &Gift, limits: &GiftLimits) -> Option<Finding> {
    let limit = limits.at_least_kg.of(gift.sex);
    let is_heavy_enough = vitals.weight_kg? >= f64::from(limit);
    (!is_heavy_enough).then_some(Finding {
        rule: "weight_low",
        limit: limit.into(),
    })
}

/// Without a weight, the volume that nobody may exceed still holds; for who is too light the weight says enough.
fn volume_finding(vitals: &Vitals, gift: &Gift, limits: &GiftLimits) -> Option<Finding> {
    let limit = vitals.weight_kg.map_or(limits.at_most_ml, |weight_kg| {
        limits.largest_ml(weight_kg, gift.sex)
    });
    (limit > 0 && gift.volume_ml? > limit).then_some(Finding {
        rule: "volume_over",
        limit,
    })
}

fn haemoglobin_finding(vitals: &Vitals, gift: &Gift, limits: &GiftLimits) -> Option<Finding> {
    let limit = limits.least_haemoglobin_g_l(gift.volume_ml)?;
    (vitals.haemoglobin_g_l? < limit).then_some(Finding {
        rule: "haemoglobin_low",
        limit,
    })
}

fn low(rule: &'static str, measured: Option<i32>, between: Between) -> Option<Finding> {
    (measured? < between.at_least).then_some(Finding {
        rule,
        limit: between.at_least,
    })
}

fn high(rule: &'static str, measured: Option<i32>, between: Between) -> Option<Finding> {
    (measured? > between.at_most).then_some(Finding {
        rule,
        limit: between.at_most,
    })
}
