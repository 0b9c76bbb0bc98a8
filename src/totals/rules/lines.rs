//! One line of totals: what was recorded beside what was declared and wanted, indicator by indicator.
use super::official::{Claim, Official, Target, combine, official, pick_target};
use super::percent::percent;
use super::sums::Sums;
use crate::organisations::declared::{Period, TargetKind};
use crate::platform::id::OrganisationId;

/// What counts for one line.
#[derive(Debug, Clone, Default, PartialEq)]
pub(in crate::totals) struct Line {
    /// An id, a month, a group: what the line is told apart by.
    pub(in crate::totals) key: Option<String>,
    pub(in crate::totals) name: Option<String>,
    /// The body the line speaks of.
    pub(in crate::totals) body: Option<OrganisationId>,
    pub(in crate::totals) sums: Sums,
    pub(in crate::totals) claims: Vec<Claim>,
    pub(in crate::totals) targets: Vec<Target>,
    /// Whether only units and millilitres are known.
    pub(in crate::totals) is_partial: bool,
}

/// One indicator of a line.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::totals) struct Counted {
    pub(in crate::totals) indicator: String,
    /// None for what only bodies declare.
    pub(in crate::totals) recorded: Option<f64>,
    pub(in crate::totals) declared: Vec<Claim>,
    pub(in crate::totals) official: Option<Official>,
    pub(in crate::totals) targets: Vec<(Target, Option<f64>)>,
}

impl Line {
    /// The line's indicators among `slugs`, in that order; those without figure or target only when `is_full`.
    pub(in crate::totals) fn counted(
        &self,
        slugs: &[String],
        period: Period,
        detail: Detail,
    ) -> Vec<Counted> {
        let counted = slugs.iter().map(|slug| self.count(slug, period));
        counted
            .filter(|one| {
                let is_told = !one.declared.is_empty() || !one.targets.is_empty();
                is_told || (detail == Detail::Full && one.recorded.is_some())
            })
            .collect()
    }

    /// One indicator of the line.
    pub(in crate::totals) fn count(&self, slug: &str, period: Period) -> Counted {
        let declared = self.claims(slug);
        let recorded = self.sums.of(slug);
        let official = match recorded {
            Some(recorded) => Some(self.official(slug, recorded)),
            None => signed(&declared, period),
        };
        let kinds = [TargetKind::Assigned, TargetKind::SelfSet];
        let targets = kinds
            .into_iter()
            .filter_map(|kind| pick_target(&self.targets, slug, kind, period));
        let reached = |target: &Target| {
            let done = official.map(|done| (done.value, done.exactness))?;
            percent(done, (target.value, target.exactness))
        };
        Counted {
            indicator: slug.to_owned(),
            recorded,
            official,
            targets: targets
                .map(|target| (target.clone(), reached(&target)))
                .collect(),
            declared,
        }
    }

    fn claims(&self, slug: &str) -> Vec<Claim> {
        let fits = |claim: &&Claim| claim.figure.indicator == slug;
        self.claims.iter().filter(fits).cloned().collect()
    }

    /// Units nobody signed as a whole are the planned and the emergency ones together.
    fn official(&self, slug: &str, recorded: f64) -> Official {
        let whole = official(recorded, &self.claims(slug));
        if slug != "units" || whole.is_declared {
            return whole;
        }
        let part = |slug: &str| {
            let recorded = self.sums.of(slug).unwrap_or_default();
            official(recorded, &self.claims(slug))
        };
        let (planned, emergency) = (part("units_planned"), part("units_emergency"));
        Official {
            value: planned.value + emergency.value,
            exactness: combine(planned.exactness, emergency.exactness),
            is_declared: planned.is_declared || emergency.is_declared,
        }
    }
}

/// How much of a line is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::totals) enum Detail {
    /// Every indicator that is recorded.
    Full,
    /// Only those with a figure or a target.
    Told,
}

/// The figure signed for exactly this period, where nothing is recorded.
fn signed(declared: &[Claim], period: Period) -> Option<Official> {
    let fits = |claim: &&Claim| {
        claim.figure.is_signed && claim.figure.period == period && claim.share >= 1.0
    };
    declared.iter().find(fits).map(|claim| Official {
        value: claim.figure.value,
        exactness: claim.figure.exactness,
        is_declared: true,
    })
}
