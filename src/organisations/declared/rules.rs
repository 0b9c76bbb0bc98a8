//! What may be declared: of whom, for which period, how much.
use super::super::rules::day;
use super::numbers::Exactness;
use crate::organisations::store::declared::clusters::ClusterId;
use crate::platform::id::OrganisationId;
use crate::platform::language::{Phrase, keys};
use crate::platform::text::{Invalid, Line, Noted};
use chrono::{Months, NaiveDate};

/// The largest amount anybody may declare.
const MOST: f64 = 1e15;
const YEARS: u32 = 200;

/// Days from the first to the last, both counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Period {
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
}

impl Period {
    /// At most 200 years, the first day not after the last.
    pub fn parse(from: NaiveDate, to: NaiveDate) -> Result<Self, Invalid> {
        let mut invalid = Invalid::default();
        let period = Self::take(&mut invalid, from, to);
        invalid.build(|| period)
    }

    /// The same for a part of something larger.
    pub(super) fn take(
        invalid: &mut Invalid,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<Self, Noted> {
        let first = invalid.take("from", day(from));
        let last = invalid.take("to", day(to));
        let end = from.checked_add_months(Months::new(12 * YEARS));
        if from > to {
            return Err(invalid.refuse("to", Phrase::new(keys::FIELD_WRONG_ORDER)));
        }
        if end.is_some_and(|end| end <= to) {
            let phrase = Phrase::new(keys::FIGURES_TOO_LONG).with("years", YEARS);
            return Err(invalid.refuse("to", phrase));
        }
        Ok(Self {
            from: first?,
            to: last?,
        })
    }

    /// Whether every day of `other` is one of these.
    pub fn contains(self, other: Self) -> bool {
        self.from <= other.from && other.to <= self.to
    }

    /// Whether the two share a day.
    pub fn overlaps(self, other: Self) -> bool {
        self.from <= other.to && other.from <= self.to
    }
}

/// Of whom a number speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Subject {
    /// One body.
    Organisation(OrganisationId),
    /// Bodies compared with each other.
    Cluster(ClusterId),
}

/// Who set a target.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum TargetKind {
    /// A body above: "chỉ tiêu giao".
    Assigned,
    /// The body itself: "chỉ tiêu phấn đấu".
    SelfSet,
}

crate::text_column! {
    pub TargetKind {
        Assigned => "assigned",
        SelfSet => "self_set",
    }
}

/// A number to be declared.
#[derive(Debug, Clone, PartialEq)]
pub struct NewFigure {
    /// Slug of what is counted.
    pub indicator: String,
    /// The days it speaks of.
    pub period: Period,
    /// How much.
    pub value: f64,
    /// How exact that is.
    pub exactness: Exactness,
    /// Where it is published.
    pub source: Option<String>,
    /// How it was worded there, or what else to know.
    pub note: Option<String>,
    /// Whether the body stands by it: only then it is the official number.
    pub is_signed: bool,
}

/// A target to be set.
#[derive(Debug, Clone, PartialEq)]
pub struct NewTarget {
    /// Slug of what is counted.
    pub indicator: String,
    /// The days it holds for.
    pub period: Period,
    /// How much.
    pub value: f64,
    /// Who set it.
    pub kind: TargetKind,
    /// Which body assigned it.
    pub assigned_by: Option<OrganisationId>,
    /// How exact it is.
    pub exactness: Exactness,
    /// Where it is published.
    pub source: Option<String>,
}

/// An amount not below `least`.
pub(super) fn amount(value: f64, least: f64) -> Result<f64, Phrase> {
    if (least..=MOST).contains(&value) {
        return Ok(value);
    }
    let phrase = Phrase::new(keys::FIELD_OUT_OF_RANGE);
    Err(phrase
        .with("min", format!("{least}"))
        .with("max", format!("{MOST}")))
}

/// Below nought for growth that was none.
pub(super) const LEAST_FIGURE: f64 = -MOST;

/// The name of an indicator in the interface: `units_planned`.
pub(super) fn slug(raw: &str) -> Result<String, Phrase> {
    let slug = Line::parse(raw, 60)?;
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    let starts_well = slug.as_str().starts_with(|c: char| c.is_ascii_lowercase());
    if starts_well && slug.as_str().chars().all(is_plain) {
        return Ok(slug.into());
    }
    Err(Phrase::new(keys::FIGURES_SLUG))
}

/// Why a number cannot be declared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Nothing of this name is counted.
    #[error("no such indicator")]
    NoSuchIndicator,
    /// The body did not exist on any of these days.
    #[error("the body does not exist in this period")]
    NotThere,
    /// The body stands by another number.
    #[error("the figure is signed")]
    Signed,
    /// A member of a cluster stands elsewhere in the tree.
    #[error("the member stands elsewhere")]
    MemberElsewhere,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(from: &str, to: &str) -> Result<Period, Vec<String>> {
        Period::parse(from.parse().expect("a day"), to.parse().expect("a day"))
            .map_err(|invalid| invalid.0.into_iter().map(|error| error.field).collect())
    }

    #[test]
    fn a_period_is_in_order_and_at_most_200_years() {
        assert!(period("2026-01-01", "2026-01-01").is_ok());
        assert!(period("1826-01-01", "2025-12-31").is_ok());
        assert_eq!(
            period("1826-01-01", "2026-01-01"),
            Err(vec!["to".to_owned()])
        );
        assert_eq!(
            period("2026-01-02", "2026-01-01"),
            Err(vec!["to".to_owned()])
        );
        assert_eq!(
            period("1799-12-31", "1801-01-01"),
            Err(vec!["from".to_owned()])
        );
    }

    #[test]
    fn amounts_are_numbers_within_reason() {
        assert!(amount(0.0, 0.0).is_ok() && amount(-1.0, LEAST_FIGURE).is_ok());
        for wrong in [-1.0, f64::NAN, f64::INFINITY, 1e16] {
            assert!(amount(wrong, 0.0).is_err());
        }
    }

    #[test]
    fn an_indicator_has_a_plain_name() {
        assert!(slug("units_2").is_ok());
        for wrong in ["", "Units", "2units", "đơn_vị", "a b"] {
            assert!(slug(wrong).is_err(), "{wrong}");
        }
    }
}
