//! What clients send and see of calls.
use crate::blood::{BloodGroup, Component};
use crate::calls::model::{Answer, Ask, Call, CallId, CallState, Counts};
use crate::calls::rules::Request;
use crate::calls::store::Step;
use crate::platform::clock::Moment;
use crate::platform::id::OrganisationId;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Which page of calls.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct CallsQuery {
    /// 1 to 200.
    #[param(minimum = 1, maximum = 200)]
    pub(super) limit: Option<i64>,
    /// `next` of the page before.
    pub(super) after: Option<String>,
}

/// An urgent need.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CallRequest {
    hospital: OrganisationId,
    /// The patient's group: `O-`.
    #[schema(value_type = String, example = "O-")]
    blood_group: BloodGroup,
    #[schema(value_type = String, example = "red_cells")]
    component: Component,
    /// 1 to 50.
    #[schema(minimum = 1, maximum = 50)]
    units: i32,
    needed_by: Moment,
    /// The facility that draws it; the hospital itself when absent.
    give_at: Option<OrganisationId>,
    /// Whether compatible groups may be asked too. Rh− is never widened to Rh+.
    accept_compatible: bool,
    /// For donors; without patient data.
    #[schema(max_length = 500)]
    note: Option<String>,
}

impl From<CallRequest> for Request {
    fn from(request: CallRequest) -> Self {
        Self {
            hospital: request.hospital,
            blood_group: request.blood_group,
            component: request.component,
            units: request.units,
            needed_by: request.needed_by,
            give_at: request.give_at.unwrap_or(request.hospital),
            is_widening: request.accept_compatible,
            note: request.note,
        }
    }
}

/// A coordinator's word on a request.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct VerificationRequest {
    /// Whether it is genuine and may be asked for.
    pub(super) accept: bool,
    /// Why not, or what was checked.
    #[schema(max_length = 500)]
    pub(super) note: Option<String>,
}

/// Where somebody moves a call.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CallStateRequest {
    pub(super) state: CallState,
    /// Why.
    #[schema(max_length = 500)]
    pub(super) note: Option<String>,
}

/// One step of a call's history.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct StepView {
    state: CallState,
    at: Moment,
    /// False when the service did it by its own rules.
    by_person: bool,
    note: Option<String>,
}

impl From<Step> for StepView {
    fn from(step: Step) -> Self {
        Self {
            state: step.state,
            at: step.changed_at,
            by_person: step.changed_by.is_some(),
            note: step.note,
        }
    }
}

/// A call as its hospital and coordinators see it.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct CallView {
    id: CallId,
    hospital: OrganisationId,
    #[schema(value_type = String)]
    blood_group: BloodGroup,
    #[schema(value_type = String)]
    component: Component,
    units: i32,
    /// Units for which nobody has said yes.
    missing: i64,
    needed_by: Moment,
    arrive_by: Moment,
    give_at: OrganisationId,
    accept_compatible: bool,
    note: Option<String>,
    state: CallState,
    counts: Counts,
    history: Vec<StepView>,
    created_at: Moment,
}

impl CallView {
    pub(super) fn of(call: Call, counts: Counts, history: Vec<Step>) -> Self {
        Self {
            id: call.id,
            hospital: call.hospital,
            blood_group: call.blood_group,
            component: call.component,
            units: call.units,
            missing: counts.missing(call.units),
            needed_by: call.needed_by,
            arrive_by: call.arrive_by,
            give_at: call.give_at,
            accept_compatible: call.is_widening,
            note: call.note,
            state: call.state,
            counts,
            history: history.into_iter().map(StepView::from).collect(),
            created_at: call.created_at,
        }
    }
}

/// Somebody who comes.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ComingView {
    /// The given name only.
    given_name: String,
    arriving_at: Option<Moment>,
}

/// How the asking stands.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct AsksView {
    counts: Counts,
    coming: Vec<ComingView>,
}

impl AsksView {
    pub(super) fn of(counts: Counts, coming: Vec<(String, Option<Moment>)>) -> Self {
        let given = |name: String| {
            name.split_whitespace()
                .last()
                .unwrap_or_default()
                .to_owned()
        };
        let coming = coming.into_iter().map(|(name, arriving_at)| ComingView {
            given_name: given(name),
            arriving_at,
        });
        Self {
            counts,
            coming: coming.collect(),
        }
    }
}

/// How many were asked by a forced wave.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct WaveView {
    pub(super) asked: usize,
}

/// What an asked donor says.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Word {
    Yes,
    No,
}

/// An answer to an ask.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AnswerRequest {
    pub(super) answer: Word,
    /// With yes: when about they come.
    pub(super) arriving_at: Option<Moment>,
}

/// An ask as the asked donor sees it.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct AnswerView {
    call: CallId,
    state: CallState,
    /// The facility to come to.
    pub(super) place: String,
    pub(super) hospital: String,
    pub(super) arrive_by: Moment,
    /// What was said; null before, `late` when enough others had said yes.
    pub(super) answer: Option<Answer>,
    arriving_at: Option<Moment>,
}

impl AnswerView {
    pub(super) fn of(ask: &Ask, call: &Call, hospital: String, place: String) -> Self {
        Self {
            call: call.id,
            state: call.state,
            place,
            hospital,
            arrive_by: call.arrive_by,
            answer: ask.answer,
            arriving_at: ask.arriving_at,
        }
    }

    /// Whether an answer can still change anything.
    pub(super) fn is_open(&self, now: Moment) -> bool {
        !self.state.is_over() && now < self.arrive_by
    }
}

/// A call as anyone sees it: no hospital staff, no donors.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct PublicCallView {
    pub(super) id: CallId,
    #[schema(value_type = String)]
    pub(super) blood_group: BloodGroup,
    #[schema(value_type = String)]
    pub(super) component: Component,
    pub(super) units_missing: i64,
    pub(super) place: String,
    pub(super) arrive_by: Moment,
    pub(super) state: CallState,
}
