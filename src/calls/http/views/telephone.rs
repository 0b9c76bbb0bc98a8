//! The telephone list of a rare call.
use crate::calls::actions::{Listed, OnDuty, Voice};
use crate::calls::model::{Answer, Ring, Tick, TickOutcome, VoiceCall, VoiceState};
use crate::people::{ContactCard, ContactKind};
use crate::platform::clock::Moment;
use crate::platform::id::{OrganisationId, PersonId};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Whom to telephone.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::calls::http) struct TelephoneView {
    /// Bodies whose duty knows those who stand by for them: one call to them may be enough.
    on_duty: Vec<OnDutyView>,
    /// Donors, in the order to call them.
    items: Vec<ListedView>,
    /// Whether the gateway can ring them up: `POST /calls/{id}/voice-calls`.
    offers_voice: bool,
}

impl TelephoneView {
    pub(in crate::calls::http) fn of(
        list: Vec<Listed>,
        on_duty: Vec<OnDuty>,
        voice: Voice,
    ) -> Self {
        Self {
            on_duty: on_duty.into_iter().map(OnDutyView::from).collect(),
            items: list.into_iter().map(ListedView::from).collect(),
            offers_voice: voice == Voice::Offered,
        }
    }
}

/// A body with somebody on duty.
#[derive(Debug, Serialize, ToSchema)]
struct OnDutyView {
    organisation: OrganisationId,
    name: String,
    phone: String,
    /// How many of the list stand by for it.
    standing_by: usize,
}

impl From<OnDuty> for OnDutyView {
    fn from(duty: OnDuty) -> Self {
        Self {
            organisation: duty.body,
            name: duty.name,
            phone: duty.phone,
            standing_by: duty.standing_by,
        }
    }
}

/// Somebody to telephone. The number is one deliberate act: `POST /calls/{id}/contact-reveals`.
#[derive(Debug, Serialize, ToSchema)]
struct ListedView {
    person: PersonId,
    given_name: String,
    distance_km: i64,
    ring: Ring,
    /// The club they stand by for.
    stands_by_for: Option<OrganisationId>,
    /// When their blood was last tested beforehand.
    tested_on: Option<NaiveDate>,
    /// Whether a message asked them.
    is_asked: bool,
    answer: Option<Answer>,
    /// Whether the caller may look up their number.
    may_reveal: bool,
    ticks: Vec<TickView>,
    /// Whether the gateway rang them up, and what became of it.
    voice: Option<VoiceView>,
}

impl From<Listed> for ListedView {
    fn from(one: Listed) -> Self {
        Self {
            person: one.pick.person,
            given_name: one.given_name,
            distance_km: one.pick.distance_m / 1000,
            ring: one.pick.ring,
            stands_by_for: one.standby.map(|(club, _)| club),
            tested_on: one.standby.and_then(|(_, tested_on)| tested_on),
            is_asked: one.said.is_some(),
            answer: one.said.flatten(),
            may_reveal: one.may_reveal,
            ticks: one.ticks.into_iter().map(TickView::from).collect(),
            voice: one.voice.map(VoiceView::from),
        }
    }
}

/// One telephone call.
#[derive(Debug, Serialize, ToSchema)]
struct TickView {
    outcome: TickOutcome,
    note: Option<String>,
    at: Moment,
    /// Who telephoned.
    by: String,
}

impl From<(Tick, String)> for TickView {
    fn from((tick, by): (Tick, String)) -> Self {
        Self {
            outcome: tick.outcome,
            note: tick.note,
            at: tick.ticked_at,
            by,
        }
    }
}

/// A voice call by the gateway. Who asked for it stands in the call's history.
#[derive(Debug, Serialize, ToSchema)]
struct VoiceView {
    at: Moment,
    state: VoiceState,
}

impl From<VoiceCall> for VoiceView {
    fn from(call: VoiceCall) -> Self {
        Self {
            at: call.asked_at,
            state: call.state,
        }
    }
}

/// Whom the gateway is to ring up.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::calls::http) struct VoiceRequest {
    pub(in crate::calls::http) person: PersonId,
}

/// What came of telephoning somebody.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::calls::http) struct TickRequest {
    pub(in crate::calls::http) person: PersonId,
    /// `comes` holds a place as their own yes would.
    pub(in crate::calls::http) outcome: TickOutcome,
    #[schema(max_length = 200)]
    pub(in crate::calls::http) note: Option<String>,
}

/// What they said, as it counts now.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::calls::http) struct TickedView {
    person: PersonId,
    /// `late` when enough others had said yes; nothing while they were not reached or nobody vouched for the call.
    answer: Option<Answer>,
}

impl TickedView {
    pub(in crate::calls::http) fn of(person: PersonId, answer: Option<Answer>) -> Self {
        Self { person, answer }
    }
}

/// Whose number is needed, and why; they read it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::calls::http) struct RevealRequest {
    pub(in crate::calls::http) person: PersonId,
    #[schema(min_length = 1, max_length = 200)]
    pub(in crate::calls::http) reason: String,
}

/// How somebody is reached, and the code to read out to them.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::calls::http) struct RevealView {
    pub(in crate::calls::http) items: Vec<RevealedView>,
    /// Six digits; the donor sees the same in the app, with the caller's name.
    pub(in crate::calls::http) code: String,
    /// The code is worthless after.
    pub(in crate::calls::http) expires_at: Moment,
}

/// One address or number.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::calls::http) struct RevealedView {
    kind: ContactKind,
    value: String,
}

impl From<ContactCard> for RevealedView {
    fn from(card: ContactCard) -> Self {
        Self {
            kind: card.kind,
            value: card.value,
        }
    }
}
