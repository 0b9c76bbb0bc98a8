//! A call as its hospital and coordinators see it.
use super::rare::{RareStepView, StockView, rare_steps};
use crate::blood::{BloodGroup, Component};
use crate::calls::model::{
    Call, CallAct, CallId, CallPath, CallState, Counts, Failing, Scope, Step,
};
use crate::platform::clock::Moment;
use crate::platform::id::OrganisationId;
use crate::platform::notices::Channel;
use serde::Serialize;
use utoipa::ToSchema;

/// One step of a call's history.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::calls::http) struct StepView {
    /// What was done; `moved` into `state` unless it says otherwise.
    act: CallAct,
    state: CallState,
    at: Moment,
    /// False when the service did it by its own rules.
    by_person: bool,
    /// Who did it; null when the service did it, or they have left.
    by: Option<String>,
    note: Option<String>,
    /// Coordinators told, units found, donors asked.
    amount: Option<i32>,
}

impl From<(Step, Option<String>)> for StepView {
    fn from((step, by): (Step, Option<String>)) -> Self {
        Self {
            act: step.act,
            state: step.state,
            at: step.changed_at,
            by_person: step.changed_by.is_some(),
            by,
            note: step.note,
            amount: step.amount,
        }
    }
}

/// A channel that does not take this call's asks.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::calls::http) struct ChannelView {
    channel: Channel,
    /// Asks that wait for another try.
    waiting: i64,
    /// Asks that never got through.
    dead: i64,
    /// Asks that went by another channel instead.
    rerouted: i64,
    /// Since when.
    since: Option<Moment>,
    /// What the channel said, without addresses and numbers.
    error: Option<String>,
}

impl From<Failing> for ChannelView {
    fn from(failing: Failing) -> Self {
        Self {
            channel: failing.channel,
            waiting: failing.waiting,
            dead: failing.dead,
            rerouted: failing.rerouted,
            since: failing.since,
            error: failing.error,
        }
    }
}

/// A number on which whoever posted is to be called back.
#[derive(Debug, Serialize, ToSchema)]
struct CallBackView {
    phone: String,
    /// Null: still to do, by `POST /calls/{id}/call-backs`.
    done_at: Option<Moment>,
}

/// What stands beside a call's own row.
pub(in crate::calls::http) struct Beside {
    pub(in crate::calls::http) hospital_name: String,
    pub(in crate::calls::http) give_at_name: String,
    pub(in crate::calls::http) counts: Counts,
    pub(in crate::calls::http) history: Vec<(Step, Option<String>)>,
    pub(in crate::calls::http) first_tick: Option<Moment>,
    pub(in crate::calls::http) stock: Option<StockView>,
    pub(in crate::calls::http) failing: Vec<Failing>,
}

/// A call as its hospital and coordinators see it.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::calls::http) struct CallView {
    id: CallId,
    hospital: OrganisationId,
    hospital_name: String,
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
    give_at_name: String,
    accept_compatible: bool,
    note: Option<String>,
    state: CallState,
    /// `rare`: few can give, see `rare_steps`.
    path: CallPath,
    /// How wide it asks.
    scope: Scope,
    /// Since when a coordinator has held the asking up.
    paused_at: Option<Moment>,
    /// When the next donors are asked, unless enough come before.
    next_wave_at: Option<Moment>,
    /// To whom a request that waits for a coordinator's word went last.
    waits_for: Option<String>,
    /// Where it was posted by a ward on duty: the number to call it back on.
    call_back: Option<CallBackView>,
    /// What is to be done on the rare path, first things first; empty on the ordinary one.
    rare_steps: Vec<RareStepView>,
    /// Whose stock to ask for on the rare path; null where no blood centre with a number is known.
    stock: Option<StockView>,
    /// Channels that do not take the asks at this moment.
    failing: Vec<ChannelView>,
    counts: Counts,
    history: Vec<StepView>,
    created_at: Moment,
}

impl CallView {
    #[expect(clippy::too_many_lines, reason = "one field a line")]
    pub(in crate::calls::http) fn of(call: Call, beside: Beside) -> Self {
        let is_open = !call.state.is_over();
        let waits_for = waits_for(&call, &beside.history);
        Self {
            rare_steps: rare_steps(&call, &beside),
            waits_for,
            id: call.id,
            hospital: call.hospital,
            hospital_name: beside.hospital_name,
            blood_group: call.blood_group,
            component: call.component,
            units: call.units,
            missing: beside.counts.missing(call.units),
            needed_by: call.needed_by,
            arrive_by: call.arrive_by,
            give_at: call.give_at,
            give_at_name: beside.give_at_name,
            accept_compatible: call.is_widening,
            note: call.note,
            state: call.state,
            path: call.path,
            scope: call.scope,
            paused_at: call.paused_at.filter(|_| is_open),
            next_wave_at: call
                .next_wave_at
                .filter(|_| call.state == CallState::Asking),
            call_back: call.call_back.map(|phone| CallBackView {
                phone,
                done_at: call.called_back_at,
            }),
            stock: beside.stock,
            failing: beside.failing.into_iter().map(ChannelView::from).collect(),
            counts: beside.counts,
            history: beside.history.into_iter().map(StepView::from).collect(),
            created_at: call.created_at,
        }
    }
}

type Story = [(Step, Option<String>)];

fn waits_for(call: &Call, history: &Story) -> Option<String> {
    let told = history
        .iter()
        .rev()
        .find(|(step, _)| step.act == CallAct::Told);
    told.filter(|_| call.state == CallState::Submitted)
        .and_then(|(step, _)| step.note.clone())
}
