//! What stands behind the question mark of totals and reports.
use super::super::rules::{As, By, Request, Scope, UnitKind};
use crate::organisations::declared::{ClusterId, Period};
use crate::platform::id::{AnyId, OrganisationId};
use crate::platform::language::{Phrase, keys};
use crate::platform::text::Invalid;
use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

/// Which totals are wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct TotalsQuery {
    /// Of this body: the drives organised in its subtree, or the units a club, school, company or hospital mobilised.
    organisation: Option<OrganisationId>,
    /// Of this cluster; not together with `organisation`. Neither: of the nation.
    cluster: Option<ClusterId>,
    /// The first day.
    from: NaiveDate,
    /// The last day; at most 200 years after the first.
    to: NaiveDate,
    /// Only drives whose main programme this is.
    programme: Option<AnyId>,
    /// Only planned or emergency units.
    kind: Option<UnitKind>,
    /// `then` (the default): bodies as they were; `now`: ended bodies count with those that follow them.
    r#as: Option<As>,
    /// By what rows are told apart; left out: no rows.
    by: Option<By>,
}

impl TotalsQuery {
    pub(super) fn read(&self) -> Result<Request, Invalid> {
        let r#as = self.r#as.unwrap_or_default();
        let is_by_label = matches!(self.by, Some(By::BloodGroup | By::Component | By::Volume));
        if is_by_label && r#as == As::Now {
            return Err(Invalid::one(
                "as",
                Phrase::new(keys::FIELD_NOT_A_CHOICE).with("choices", "then"),
            ));
        }
        Ok(Request {
            scope: scope(self.organisation, self.cluster)?,
            period: Period::parse(self.from, self.to)?,
            programme: self.programme,
            kind: self.kind,
            r#as,
            by: self.by,
        })
    }
}

/// A report as a file, or as JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum Format {
    Json,
    Csv,
    Xlsx,
    Html,
}

/// Which report is wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct ReportQuery {
    /// Of this body.
    organisation: Option<OrganisationId>,
    /// Of this cluster; not together with `organisation`. Neither: of the nation.
    cluster: Option<ClusterId>,
    /// The first day.
    from: NaiveDate,
    /// The last day; at most 200 years after the first.
    to: NaiveDate,
    /// `then` (the default): bodies as they were; `now`: ended bodies count with those that follow them.
    r#as: Option<As>,
    /// Left out: as `Accept` says, else JSON.
    #[param(inline)]
    pub(super) format: Option<Format>,
}

impl ReportQuery {
    pub(super) fn read(&self) -> Result<Request, Invalid> {
        Ok(Request {
            scope: scope(self.organisation, self.cluster)?,
            period: Period::parse(self.from, self.to)?,
            programme: None,
            kind: None,
            r#as: self.r#as.unwrap_or_default(),
            by: None,
        })
    }
}

fn scope(
    organisation: Option<OrganisationId>,
    cluster: Option<ClusterId>,
) -> Result<Scope, Invalid> {
    match (organisation, cluster) {
        (None, None) => Ok(Scope::Nation),
        (Some(id), None) => Ok(Scope::Organisation(id)),
        (None, Some(id)) => Ok(Scope::Cluster(id)),
        (Some(_), Some(_)) => Err(Invalid::one("cluster", Phrase::new(keys::TOTALS_ONE_SCOPE))),
    }
}
