//! What is handed to a person who asks for everything that is kept of them.
use crate::blood::{BloodGroup, Component};
use crate::platform::clock::Moment;
use crate::platform::id::AnyId;
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

/// A club one belongs or belonged to.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Club {
    pub(super) name: String,
    pub(super) joined_on: NaiveDate,
    pub(super) left_on: Option<NaiveDate>,
}

/// A pledge to stand by for a club.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Standby {
    pub(super) club: String,
    pub(super) max_km: i32,
    pub(super) nights: bool,
    pub(super) tested_on: Option<NaiveDate>,
    pub(super) pledged_at: Moment,
}

/// A registration at a drive.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Visit {
    /// Its name.
    pub(super) drive: String,
    pub(super) held_on: NaiveDate,
    pub(super) state: String,
    pub(super) registered_at: Moment,
}

/// What was collected here.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Donation {
    pub(super) given_on: NaiveDate,
    pub(super) component: Component,
    pub(super) volume_ml: i32,
    pub(super) blood_group: Option<BloodGroup>,
    pub(super) unit_number: Option<String>,
    pub(super) certificate_serial: Option<String>,
    /// When it turned out not to have been.
    pub(super) voided_at: Option<Moment>,
}

/// What the examination found.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Screening {
    pub(super) id: AnyId,
    /// Opened for the person; as JSON text.
    pub(super) findings: String,
    pub(super) decision: String,
    pub(super) screened_at: Moment,
}

/// Answers about health before a visit.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Answered {
    /// Before which registration.
    pub(super) registration: AnyId,
    /// Of the questions.
    pub(super) version: String,
    /// Opened for the person; as JSON text.
    pub(super) answers: String,
    #[expect(clippy::struct_field_names, reason = "named as its column")]
    pub(super) answered_at: Moment,
}

/// Being asked in an emergency.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Ask {
    pub(super) asked_at: Moment,
    pub(super) distance_m: i32,
    pub(super) answer: Option<String>,
    pub(super) answered_at: Option<Moment>,
}

/// Somebody's look at the entry.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Look {
    pub(super) act: String,
    pub(super) reason: Option<String>,
    pub(super) at: Moment,
}

/// A message, without its text.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Message {
    pub(super) kind: String,
    pub(super) state: String,
    pub(super) written_at: Moment,
}

/// A yes or no.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Consent {
    pub(super) purpose: String,
    pub(super) granted: bool,
    /// Which wording was asked.
    pub(super) text_version: String,
    pub(super) source: String,
    pub(super) form: Option<String>,
    pub(super) given_at: Moment,
}

/// A deferral with its reason opened.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Deferred {
    /// The code of the rule set.
    pub(super) reason: Option<String>,
    pub(super) event_on: NaiveDate,
    /// Null: it does not end.
    pub(super) until: Option<NaiveDate>,
}
