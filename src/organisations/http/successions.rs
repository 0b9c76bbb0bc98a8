//! What a body was before, or became, as a client sees it.
use super::super::rules::{Succession, SuccessionKind};
use crate::platform::id::OrganisationId;
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

/// One body became another.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct SuccessionView {
    predecessor: OrganisationId,
    successor: OrganisationId,
    kind: SuccessionKind,
    /// The first day of the new order.
    on: NaiveDate,
    /// The part of the old body's numbers that goes this way.
    share: f64,
}

impl From<Succession> for SuccessionView {
    fn from(succession: Succession) -> Self {
        Self {
            predecessor: succession.predecessor,
            successor: succession.successor,
            kind: succession.kind,
            on: succession.on,
            share: f64::from(succession.share) / 1000.0,
        }
    }
}
