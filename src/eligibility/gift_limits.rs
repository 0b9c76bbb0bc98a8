//! How heavy one must be for a kind of gift, how much one may give and how strong the blood must be.
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::screening::Sex;
use super::stricter::Stricter;

/// How heavy one must be for a kind of gift, and how much one may give. Source: Thông tư 26/2013, Art. 4.2.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct GiftLimits {
    pub(super) at_least_kg: LeastWeight,
    pub(super) at_most_ml: i32,
    #[serde(default)]
    pub(super) ml_per_kg: Option<u16>,
    #[serde(default)]
    pub(super) lighter: Vec<Lighter>,
    pub(super) haemoglobin: Vec<LeastHaemoglobin>,
}

/// In kilograms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct LeastWeight {
    pub(super) female: u16,
    pub(super) male: u16,
}

/// Who weighs less than this gives at most that.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Lighter {
    pub(super) under_kg: u16,
    pub(super) at_most_ml: i32,
}

/// Who gives more than this needs at least that.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct LeastHaemoglobin {
    pub(super) above_ml: i32,
    pub(super) at_least_g_l: i32,
}

impl LeastWeight {
    pub(super) fn of(self, sex: Option<Sex>) -> u16 {
        match sex {
            Some(Sex::Female) => self.female,
            Some(Sex::Male) => self.male,
            None => self.female.max(self.male),
        }
    }
}

impl GiftLimits {
    /// 0 for who is too light, and for a weight that is no number.
    pub(super) fn largest_ml(&self, weight_kg: f64, sex: Option<Sex>) -> i32 {
        let is_heavy_enough = weight_kg >= f64::from(self.at_least_kg.of(sex));
        if !is_heavy_enough {
            return 0;
        }
        let tier = self
            .lighter
            .iter()
            .filter(|lighter| weight_kg < f64::from(lighter.under_kg))
            .map(|lighter| lighter.at_most_ml)
            .fold(self.at_most_ml, i32::min);
        let per_weight = self
            .ml_per_kg
            .map_or(f64::INFINITY, |ml| f64::from(ml) * weight_kg);
        (0..=tier)
            .rev()
            .find(|ml| f64::from(*ml) <= per_weight)
            .unwrap_or(0)
    }

    /// In g/l; `None` where no rule speaks of such a volume.
    pub(super) fn least_haemoglobin_g_l(&self, volume_ml: Option<i32>) -> Option<i32> {
        let volume_ml = volume_ml.unwrap_or(1);
        self.haemoglobin
            .iter()
            .filter(|least| volume_ml > least.above_ml)
            .map(|least| least.at_least_g_l)
            .max()
    }
}

impl Stricter for LeastWeight {
    fn stricter(&self, other: &Self) -> Self {
        Self {
            female: self.female.max(other.female),
            male: self.male.max(other.male),
        }
    }
}

/// All rules of both hold at once, so the lists are put together and what another rule already says is dropped.
impl Stricter for GiftLimits {
    fn stricter(&self, other: &Self) -> Self {
        let at_most_ml = self.at_most_ml.min(other.at_most_ml);
        let mut lighter = without_implied(&self.lighter, &other.lighter, |rule, by| {
            rule.under_kg <= by.under_kg && rule.at_most_ml >= by.at_most_ml
        });
        lighter.retain(|rule| rule.at_most_ml < at_most_ml);
        Self {
            at_least_kg: self.at_least_kg.stricter(&other.at_least_kg),
            at_most_ml,
            ml_per_kg: self.ml_per_kg.into_iter().chain(other.ml_per_kg).min(),
            lighter,
            haemoglobin: without_implied(&self.haemoglobin, &other.haemoglobin, |rule, by| {
                rule.above_ml >= by.above_ml && rule.at_least_g_l <= by.at_least_g_l
            }),
        }
    }
}

fn without_implied<T: Ord + Copy>(
    ours: &[T],
    theirs: &[T],
    is_implied: impl Fn(T, T) -> bool,
) -> Vec<T> {
    let mut all = ours.iter().chain(theirs).copied().collect::<Vec<_>>();
    all.sort_unstable();
    all.dedup();
    let is_needed = |rule: &&T| !all.iter().any(|by| by != *rule && is_implied(**rule, *by));
    all.iter().filter(is_needed).copied().collect()
}
