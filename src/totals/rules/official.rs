//! Which number is official: what a body signed, with what was recorded on the days it did not speak of.
use crate::organisations::declared::{Exactness, Period, TargetKind};
use crate::platform::id::OrganisationId;

/// A declared number.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::totals) struct Figure {
    /// Of which body; none for a cluster's.
    pub(in crate::totals) organisation: Option<OrganisationId>,
    pub(in crate::totals) indicator: String,
    pub(in crate::totals) period: Period,
    pub(in crate::totals) value: f64,
    pub(in crate::totals) exactness: Exactness,
    pub(in crate::totals) source: Option<String>,
    pub(in crate::totals) note: Option<String>,
    pub(in crate::totals) is_signed: bool,
}

/// A declared number as it bears on one line: its share, and what was recorded on its days.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::totals) struct Claim {
    pub(in crate::totals) figure: Figure,
    pub(in crate::totals) share: f64,
    /// None for what is never recorded.
    pub(in crate::totals) recorded: Option<f64>,
}

/// A target.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::totals) struct Target {
    pub(in crate::totals) organisation: OrganisationId,
    pub(in crate::totals) indicator: String,
    pub(in crate::totals) period: Period,
    pub(in crate::totals) value: f64,
    pub(in crate::totals) kind: TargetKind,
    pub(in crate::totals) assigned_by: Option<String>,
    pub(in crate::totals) exactness: Exactness,
}

/// The number to report, and how exact it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::totals) struct Official {
    pub(in crate::totals) value: f64,
    pub(in crate::totals) exactness: Exactness,
    /// Whether a signed figure bears on it.
    pub(in crate::totals) is_declared: bool,
}

/// What was recorded, with every signed figure in place of its days' records; of two that share days, the longer.
pub(in crate::totals) fn official(recorded: f64, claims: &[Claim]) -> Official {
    let mut signed: Vec<&Claim> = claims
        .iter()
        .filter(|claim| claim.figure.is_signed && claim.recorded.is_some())
        .collect();
    signed.sort_by_key(|claim| {
        (
            claim.figure.period.from - claim.figure.period.to,
            claim.figure.period,
        )
    });
    let mut official = Official {
        value: recorded,
        exactness: Exactness::Exact,
        is_declared: false,
    };
    let mut heard: Vec<(Option<OrganisationId>, Period)> = Vec::new();
    for claim in signed {
        let figure = &claim.figure;
        let is_said = |(who, period): &(Option<OrganisationId>, Period)| {
            *who == figure.organisation && period.overlaps(figure.period)
        };
        if heard.iter().any(is_said) {
            continue;
        }
        heard.push((figure.organisation, figure.period));
        official.value += claim.share * (figure.value - claim.recorded.unwrap_or_default());
        official.exactness = combine(official.exactness, figure.exactness);
        official.is_declared = true;
    }
    official
}

/// How exact a sum is.
pub(in crate::totals) fn combine(one: Exactness, other: Exactness) -> Exactness {
    match (one, other) {
        (Exactness::Exact, same) | (same, Exactness::Exact) => same,
        (one, other) if one == other => one,
        _ => Exactness::Rounded,
    }
}

/// The target for exactly this period, or the shortest one around it.
pub(in crate::totals) fn pick_target(
    targets: &[Target],
    indicator: &str,
    kind: TargetKind,
    period: Period,
) -> Option<Target> {
    let fits = |target: &&Target| {
        target.indicator == indicator && target.kind == kind && target.period.contains(period)
    };
    let length = |target: &&Target| (target.period.to - target.period.from, target.period.from);
    targets.iter().filter(fits).min_by_key(length).cloned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(from: &str, to: &str) -> Period {
        Period {
            from: from.parse().expect("a day"),
            to: to.parse().expect("a day"),
        }
    }

    fn claim(period: Period, value: f64, recorded: f64, is_signed: bool) -> Claim {
        Claim {
            figure: Figure {
                organisation: None,
                indicator: "units".into(),
                period,
                value,
                exactness: Exactness::JustUnder,
                source: None,
                note: None,
                is_signed,
            },
            share: 1.0,
            recorded: Some(recorded),
        }
    }

    #[test]
    fn a_signed_figure_replaces_what_is_recorded_on_its_days() {
        let (half, may) = (
            period("2022-01-01", "2022-06-30"),
            period("2022-05-01", "2022-05-31"),
        );
        let only = official(500.0, &[claim(half, 2900.0, 300.0, true)]);
        assert!((only.value - 3100.0).abs() < 1e-9 && only.exactness == Exactness::JustUnder);
        let nested = official(
            500.0,
            &[
                claim(may, 90.0, 80.0, true),
                claim(half, 2900.0, 300.0, true),
            ],
        );
        assert!(
            (nested.value - 3100.0).abs() < 1e-9,
            "the longer one speaks for its days"
        );
        let unsigned = official(500.0, &[claim(half, 2900.0, 300.0, false)]);
        assert!((unsigned.value - 500.0).abs() < 1e-9 && !unsigned.is_declared);
    }

    #[test]
    fn the_target_nearest_around_the_period_is_meant() {
        let target = |period, value| Target {
            organisation: uuid::Uuid::nil().into(),
            indicator: "units".into(),
            period,
            value,
            kind: TargetKind::Assigned,
            assigned_by: None,
            exactness: Exactness::Exact,
        };
        let (year, half) = (
            period("2024-01-01", "2024-12-31"),
            period("2024-01-01", "2024-06-30"),
        );
        let targets = [target(year, 1700.0), target(half, 800.0)];
        let pick = |period| {
            pick_target(&targets, "units", TargetKind::Assigned, period).map(|found| found.value)
        };
        assert_eq!(pick(half), Some(800.0));
        assert_eq!(pick(period("2024-03-01", "2024-12-01")), Some(1700.0));
        assert_eq!(pick(period("2024-01-01", "2025-01-01")), None);
    }
}
