//! What is done on the rare path, and whose stock is asked for first.
use super::calls::Beside;
use crate::calls::model::{Call, CallAct, CallPath, CallState, Scope, Step};
use crate::organisations::Organisation;
use crate::platform::clock::Moment;
use crate::platform::id::OrganisationId;
use serde::Serialize;
use utoipa::ToSchema;

/// Where the rare path asks for stock first.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::calls::http) struct StockView {
    organisation: OrganisationId,
    name: String,
    /// Its listed number.
    phone: Option<String>,
}

impl From<Organisation> for StockView {
    fn from(centre: Organisation) -> Self {
        Self {
            organisation: centre.id,
            name: centre.name,
            phone: centre.duty_phone,
        }
    }
}

/// What is done on the rare path, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum RareStepKind {
    /// Ask the blood centre for its stock: `POST /calls/{id}/stock-checks`.
    Stock,
    /// Everyone suitable of the province is asked at once, by the service.
    Province,
    /// Telephone: `GET /calls/{id}/telephone-list`.
    Telephone,
    /// Everyone suitable of the nation, on a coordinator's word: `POST /calls/{id}/waves` with `scope`.
    Nation,
}

/// One thing to do on the rare path.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct RareStepView {
    step: RareStepKind,
    /// When it was done first; null: still to do.
    done_at: Option<Moment>,
}

/// What is to be done for a call, first things first; nothing on the ordinary path.
pub(super) fn rare_steps(call: &Call, beside: &Beside) -> Vec<RareStepView> {
    if call.path == CallPath::Ordinary {
        return Vec::new();
    }
    let first = |is_it: &dyn Fn(&Step) -> bool| {
        let found = beside.history.iter().find(|(step, _)| is_it(step));
        found.map(|(step, _)| step.changed_at)
    };
    let asking = |step: &Step| step.act == CallAct::Moved && step.state == CallState::Asking;
    let widened = |step: &Step| {
        step.act == CallAct::Widened && step.note.as_deref() == Some(Scope::Nation.as_str())
    };
    let rung = first(&|step| step.act == CallAct::VoiceCalled);
    let telephoned = beside.first_tick.into_iter().chain(rung).min();
    let step = |step, done_at| RareStepView { step, done_at };
    vec![
        step(
            RareStepKind::Stock,
            first(&|step| step.act == CallAct::StockChecked),
        ),
        step(RareStepKind::Province, first(&asking)),
        step(RareStepKind::Telephone, telephoned),
        step(RareStepKind::Nation, first(&widened)),
    ]
}
