//! What totals are asked for: of whom, when, which part, by what.
use crate::organisations::OrganisationKind;
use crate::organisations::declared::{ClusterId, Period};
use crate::platform::id::{AnyId, OrganisationId};
use chrono::{Datelike, Months, NaiveDate};

/// Of whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::totals) enum Scope {
    /// Everybody.
    Nation,
    /// One body.
    Organisation(OrganisationId),
    /// Bodies compared with each other.
    Cluster(ClusterId),
}

/// How a scope is found in what is recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::totals) enum Reach {
    /// Everything, by who organised it.
    All,
    /// Everything, by who mobilised it.
    AllMobilised,
    /// Drives organised in the body's subtree.
    Organised(OrganisationId),
    /// Units mobilised by the body or one below it.
    Mobilised(OrganisationId),
    /// What is organised or mobilised by a cluster's members.
    Cluster(ClusterId),
}

impl Reach {
    /// Clubs, schools, companies and hospitals count the people they bring; all others the drives they hold.
    pub(in crate::totals) fn of(id: OrganisationId, kind: OrganisationKind) -> Self {
        match kind {
            OrganisationKind::Club
            | OrganisationKind::School
            | OrganisationKind::Company
            | OrganisationKind::Hospital => Self::Mobilised(id),
            _ => Self::Organised(id),
        }
    }

    /// The same without bounds, to be weighed place by place.
    pub(in crate::totals) fn unbounded(self) -> Self {
        match self {
            Self::Mobilised(_) | Self::AllMobilised => Self::AllMobilised,
            _ => Self::All,
        }
    }
}

/// As bodies were when it was recorded, or rolled into those of today.
#[derive(
    Debug,
    Clone,
    Copy,
    Default,
    PartialEq,
    Eq,
    serde::Deserialize,
    serde::Serialize,
    utoipa::ToSchema,
)]
#[serde(rename_all = "lowercase")]
pub(in crate::totals) enum As {
    /// As it was: old totals are never rewritten.
    #[default]
    Then,
    /// Ended bodies count with those that follow them, in shares.
    Now,
}

/// By what rows are told apart.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize, serde::Serialize, utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub(in crate::totals) enum By {
    /// The bodies directly below the scope, each with all below it.
    Organisation,
    /// The mobilising body.
    Body,
    /// The drive's main programme.
    Programme,
    /// The month.
    Month,
    /// The donor's blood group, as recorded with the unit.
    BloodGroup,
    /// The component given.
    Component,
    /// The bag's size; without one, the volume.
    Volume,
    /// Planned and emergency.
    Kind,
}

/// Planned or emergency units.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize, serde::Serialize, utoipa::ToSchema,
)]
#[serde(rename_all = "lowercase")]
pub(in crate::totals) enum UnitKind {
    /// Of planned drives.
    Planned,
    /// Of calls and emergency drives.
    Emergency,
}

impl UnitKind {
    /// The text kept in tallies.
    pub(in crate::totals) const fn as_str(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Emergency => "emergency",
        }
    }
}

/// Which part of what is recorded.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::totals) struct Filter {
    pub(in crate::totals) reach: Reach,
    pub(in crate::totals) period: Period,
    pub(in crate::totals) programme: Option<AnyId>,
    pub(in crate::totals) kind: Option<UnitKind>,
    /// Whether places are told apart, to be weighed as they are today.
    pub(in crate::totals) r#as: As,
}

impl Filter {
    /// Whether every unit of the period counts, wherever it was given.
    pub(in crate::totals) fn is_of_everything(&self) -> bool {
        let is_everywhere = matches!(self.reach, Reach::All | Reach::AllMobilised);
        let is_whole = self.programme.is_none() && self.kind.is_none();
        is_everywhere && is_whole && self.r#as == As::Then
    }
}

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::totals) struct Request {
    pub(in crate::totals) scope: Scope,
    pub(in crate::totals) period: Period,
    pub(in crate::totals) programme: Option<AnyId>,
    pub(in crate::totals) kind: Option<UnitKind>,
    pub(in crate::totals) r#as: As,
    pub(in crate::totals) by: Option<By>,
}

/// The months of a period, each cut to it.
pub(in crate::totals) fn months(period: Period) -> Vec<Period> {
    let mut months = Vec::new();
    let mut from = period.from;
    while from <= period.to {
        let next = from
            .with_day(1)
            .and_then(|first| first.checked_add_months(Months::new(1)))
            .unwrap_or(NaiveDate::MAX);
        let last = next.pred_opt().unwrap_or(period.to).min(period.to);
        months.push(Period { from, to: last });
        from = next;
    }
    months
}

/// Days in their order, as periods without a gap.
pub(in crate::totals) fn runs(days: &[NaiveDate]) -> Vec<Period> {
    let next = |one: &NaiveDate, other: &NaiveDate| one.succ_opt() == Some(*other);
    days.chunk_by(next)
        .filter_map(|run| Some((*run.first()?, *run.last()?)))
        .map(|(from, to)| Period { from, to })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_that_follow_each_other_are_one_period() {
        let day = |text: &str| text.parse().expect("a day");
        let days = ["2025-12-30", "2025-12-31", "2026-01-01", "2026-01-03"].map(day);
        let found = runs(&days).into_iter();
        let found: Vec<_> = found.map(|run| (run.from, run.to)).collect();
        assert_eq!(found, [(days[0], days[2]), (days[3], days[3])]);
        assert!(runs(&[]).is_empty());
    }

    #[test]
    fn a_period_has_its_months_whole_or_cut() {
        let day = |text: &str| text.parse().expect("a day");
        let period = Period {
            from: day("2025-12-15"),
            to: day("2026-02-03"),
        };
        let cut: Vec<_> = months(period)
            .iter()
            .map(|month| format!("{} {}", month.from, month.to))
            .collect();
        assert_eq!(
            cut,
            [
                "2025-12-15 2025-12-31",
                "2026-01-01 2026-01-31",
                "2026-02-01 2026-02-03"
            ]
        );
    }
}
