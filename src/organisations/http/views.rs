//! Bodies as a client sends and sees them.
use super::super::rules::{Change, OrganisationKind, Succession, SuccessionKind};
use super::super::store::Organisation;
use super::successions::SuccessionView;
use crate::platform::config::RhNegative;
use crate::platform::id::OrganisationId;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Which bodies are wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct OrganisationsQuery {
    /// Only bodies of this kind.
    pub(super) kind: Option<OrganisationKind>,
    /// Only this body and those below it.
    pub(super) within: Option<OrganisationId>,
    /// Part of the name; accents and case do not matter.
    #[param(max_length = 200)]
    pub(super) q: Option<String>,
    /// Only bodies that exist on this day; left out: those that have ended too.
    pub(super) on: Option<NaiveDate>,
    /// Rows on a page.
    #[param(minimum = 1, maximum = 200)]
    pub(super) limit: Option<i64>,
    /// The cursor of the page before.
    pub(super) after: Option<String>,
}

/// From when new units are there.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct ImportQuery {
    /// The first day of units that are new, such as 2025-07-01.
    pub(super) valid_from: Option<NaiveDate>,
}

/// What may be said of a body, beside its name.
macro_rules! said_of_a_body {
    ($(#[$about:meta])* $request:ident { $($own:tt)* }) => {
        $(#[$about])*
        #[derive(Debug, Deserialize, ToSchema)]
        #[serde(deny_unknown_fields)]
        pub(super) struct $request {
            $($own)*
            /// Directly above it, with everything below; left out of a new body: the nation.
            parent: Option<OrganisationId>,
            /// The official code of a unit of administration.
            #[schema(min_length = 1, max_length = 20)]
            code: Option<String>,
            /// Degrees north; goes with the longitude.
            #[schema(minimum = -90, maximum = 90)]
            latitude: Option<f64>,
            /// Degrees east; goes with the latitude.
            #[schema(minimum = -180, maximum = 180)]
            longitude: Option<f64>,
            /// Its first day.
            valid_from: Option<NaiveDate>,
            /// Its last day.
            valid_to: Option<NaiveDate>,
            /// In whose name messages go out.
            #[schema(min_length = 1, max_length = 200)]
            brand: Option<String>,
            /// A hospital whose requests need no verification.
            is_trusted: Option<bool>,
            /// The listed number of who is on duty. A hospital's ward that has one posts urgent needs at once and is
            /// called back on it; a blood centre's is where its stock is asked for.
            #[schema(max_length = 40)]
            duty_phone: Option<String>,
            /// How long a facility's own testing takes: donors of a call arrive that much before the blood is needed.
            #[schema(minimum = 0, maximum = 2880)]
            testing_minutes: Option<i32>,
            /// Eligibility rules of its own, for where it draws the blood: stricter than the nation's, by their id.
            #[schema(max_length = 100)]
            rule_set: Option<String>,
            /// A facility's telephone number for donors who feel unwell afterwards.
            #[schema(max_length = 30)]
            reaction_phone: Option<String>,
            /// Whether its Rh− donors are reminded or kept for calls; counts for all bodies below that say nothing.
            rh_negative: Option<RhNegative>,
        }

        impl $request {
            pub(super) fn said(self) -> Change {
                Change {
                    name: self.name.into(),
                    code: self.code,
                    parent: self.parent,
                    place: (self.latitude, self.longitude),
                    valid: (self.valid_from, self.valid_to),
                    brand: self.brand,
                    is_trusted: self.is_trusted,
                    duty_phone: self.duty_phone,
                    testing_minutes: self.testing_minutes,
                    rule_set: self.rule_set,
                    reaction_phone: self.reaction_phone,
                    rh_negative: self.rh_negative,
                }
            }
        }
    };
}

said_of_a_body! {
    /// A body to add.
    OrganisationRequest {
        /// What it is; the nation is made by the service itself.
        pub(super) kind: OrganisationKind,
        /// What it is called.
        #[schema(min_length = 1, max_length = 200)]
        name: String,
    }
}

said_of_a_body! {
    /// What changes; what is left out stays as it is.
    OrganisationChange {
        /// What it is called.
        #[schema(min_length = 1, max_length = 200)]
        name: Option<String>,
    }
}

/// What became of a body.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SuccessionRequest {
    /// How it ended.
    pub(super) kind: SuccessionKind,
    /// The first day of the new order, not later than today; the body's last day is the one before.
    pub(super) on: NaiveDate,
    /// The bodies that follow: one, or for a split two or more.
    #[schema(min_items = 1, max_items = 200)]
    into: Vec<HeirRequest>,
}

impl SuccessionRequest {
    pub(super) fn heirs(&self) -> Vec<(OrganisationId, Option<f64>)> {
        let heirs = self.into.iter();
        heirs.map(|heir| (heir.organisation, heir.share)).collect()
    }
}

/// One body that follows.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct HeirRequest {
    organisation: OrganisationId,
    /// The part of the old body's numbers that goes this way, in thousandths; all shares sum to 1.
    #[schema(minimum = 0.001, maximum = 1)]
    share: Option<f64>,
}

/// A body.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct OrganisationView {
    id: OrganisationId,
    kind: OrganisationKind,
    name: String,
    code: Option<String>,
    parent: Option<OrganisationId>,
    latitude: Option<f64>,
    longitude: Option<f64>,
    valid_from: Option<NaiveDate>,
    /// Its last day, once it has ended.
    valid_to: Option<NaiveDate>,
    brand: Option<String>,
    is_trusted: bool,
    /// The listed number of who is on duty.
    duty_phone: Option<String>,
    /// How long its own testing takes, in minutes; null: as the service is set up.
    testing_minutes: Option<i32>,
    /// Eligibility rules of its own.
    rule_set: Option<String>,
    /// Whom its donors ring up when they feel unwell afterwards.
    reaction_phone: Option<String>,
    /// Whether its Rh− donors are reminded or kept for calls; none: as the nearest body above says.
    rh_negative: Option<RhNegative>,
    /// Invented for a demonstration.
    is_illustrative: bool,
}

impl From<Organisation> for OrganisationView {
    fn from(body: Organisation) -> Self {
        Self {
            id: body.id,
            kind: body.kind,
            name: body.name,
            code: body.code,
            parent: body.parent,
            latitude: body.latitude,
            longitude: body.longitude,
            valid_from: body.valid_from,
            valid_to: body.valid_to,
            brand: body.brand,
            is_trusted: body.is_trusted,
            duty_phone: body.duty_phone,
            testing_minutes: body.testing_minutes,
            rule_set: body.rule_set,
            reaction_phone: body.reaction_phone,
            rh_negative: body.rh_negative,
            is_illustrative: body.is_illustrative,
        }
    }
}

/// A body with where it stands and what came before and after it.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct OrganisationPage {
    #[serde(flatten)]
    body: OrganisationView,
    /// The bodies above it, nearest first.
    above: Vec<OrganisationView>,
    /// Which bodies became it, and what it became.
    successions: Vec<SuccessionView>,
}

impl OrganisationPage {
    pub(super) fn of(
        body: Organisation,
        above: Vec<Organisation>,
        successions: Vec<Succession>,
    ) -> Self {
        Self {
            body: body.into(),
            above: above.into_iter().map(Into::into).collect(),
            successions: successions.into_iter().map(Into::into).collect(),
        }
    }
}
