//! Clusters and indicators as a client sends and sees them.
use super::super::super::rules::slug;
use crate::organisations::store::declared::clusters::ClusterId;
use crate::organisations::store::declared::indicators::Indicator;
use crate::platform::id::OrganisationId;
use crate::platform::text::{Invalid, Line};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Something that is counted.
#[derive(Debug, Serialize, ToSchema)]
pub(in super::super) struct IndicatorView {
    slug: String,
    name_vi: String,
    name_en: String,
    unit: String,
    position: i32,
}

impl From<Indicator> for IndicatorView {
    fn from(indicator: Indicator) -> Self {
        Self {
            slug: indicator.slug,
            name_vi: indicator.name_vi,
            name_en: indicator.name_en,
            unit: indicator.unit,
            position: indicator.position,
        }
    }
}

/// Something to count.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in super::super) struct IndicatorRequest {
    /// Small letters, figures and underscores.
    #[schema(min_length = 1, max_length = 60, pattern = "^[a-z][a-z0-9_]*$")]
    slug: String,
    #[schema(min_length = 1, max_length = 200)]
    name_vi: String,
    #[schema(min_length = 1, max_length = 200)]
    name_en: String,
    /// What one of it is: `unit`, `VND`, `percent`.
    #[schema(min_length = 1, max_length = 30)]
    unit: String,
}

impl IndicatorRequest {
    pub(in super::super) fn read(&self) -> Result<Indicator, Invalid> {
        let mut invalid = Invalid::default();
        let slug = invalid.take("slug", slug(&self.slug));
        let name_vi = invalid.take("name_vi", Line::parse(&self.name_vi, 200));
        let name_en = invalid.take("name_en", Line::parse(&self.name_en, 200));
        let unit = invalid.take("unit", Line::parse(&self.unit, 30));
        invalid.build(|| {
            Ok(Indicator {
                slug: slug?,
                name_vi: name_vi?.into(),
                name_en: name_en?.into(),
                unit: unit?.into(),
                position: 0,
            })
        })
    }
}

/// Bodies to compare with each other.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in super::super) struct ClusterRequest {
    #[schema(min_length = 1, max_length = 200)]
    pub(in super::super) name: String,
    /// The body that compares; the members stand below it.
    pub(in super::super) organisation: OrganisationId,
    #[schema(min_items = 1, max_items = 200)]
    pub(in super::super) members: Vec<OrganisationId>,
    pub(in super::super) valid_from: Option<NaiveDate>,
    pub(in super::super) valid_to: Option<NaiveDate>,
}

/// Bodies compared with each other.
#[derive(Debug, Serialize, ToSchema)]
pub(in super::super) struct ClusterView {
    pub(in super::super) id: ClusterId,
    pub(in super::super) name: String,
    /// The body that compares.
    pub(in super::super) organisation: OrganisationId,
    pub(in super::super) valid_from: Option<NaiveDate>,
    pub(in super::super) valid_to: Option<NaiveDate>,
    pub(in super::super) members: Vec<ClusterMemberView>,
}

/// One body of a cluster.
#[derive(Debug, Serialize, ToSchema)]
pub(in super::super) struct ClusterMemberView {
    pub(in super::super) id: OrganisationId,
    pub(in super::super) name: String,
}

/// Which clusters are wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(in super::super) struct ClustersQuery {
    /// Only those this body compares.
    pub(in super::super) organisation: Option<OrganisationId>,
    /// Rows on a page.
    #[param(minimum = 1, maximum = 200)]
    pub(in super::super) limit: Option<i64>,
    /// The cursor of the page before.
    pub(in super::super) after: Option<String>,
}
