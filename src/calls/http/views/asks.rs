//! How the asking stands: counts, waves, who comes, and who was left out.
use crate::calls::actions::LeftOut;
use crate::calls::model::{AskId, Coming, Counts, HeldBack};
use crate::calls::rules::{AskOfWave, Asked, RingReview, WaveReview, rings, waves};
use crate::calls::store::Why;
use crate::donations::OutcomeRequest;
use crate::platform::clock::Moment;
use crate::platform::id::PersonId;
use crate::registrations::model::RegistrationState;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// How much to say.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(in crate::calls::http) struct AsksQuery {
    /// Also how many donors were left out, and why.
    #[serde(default)]
    pub(in crate::calls::http) explain: bool,
}

/// Somebody who comes.
#[derive(Debug, Serialize, ToSchema)]
struct ComingView {
    /// Their ask, for `POST /calls/{id}/arrivals`.
    ask: AskId,
    /// For `POST /calls/{id}/contact-reveals`.
    person: PersonId,
    /// The given name only; null where they did not allow it.
    given_name: Option<String>,
    /// When they mean to come.
    arriving_at: Option<Moment>,
    /// `booked`, `checked_in`, `collected`, `deferred`, `left`, `no_show`.
    state: Option<RegistrationState>,
    /// When they were received.
    arrived_at: Option<Moment>,
}

impl From<Coming> for ComingView {
    fn from(one: Coming) -> Self {
        let given = one.name.split_whitespace().last().map(str::to_owned);
        Self {
            ask: one.ask,
            person: one.person,
            given_name: given.filter(|_| one.shows_name),
            arriving_at: one.arriving_at,
            state: one.state,
            arrived_at: one.arrived_at,
        }
    }
}

/// How many donors are not asked, each counted at the first reason that keeps them.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::calls::http) struct LeftOutView {
    /// Another group, or none known.
    group: i64,
    /// Out of reach, or it is not known where they live.
    too_far: i64,
    /// They did not agree to be called.
    no_consent: i64,
    /// Not on that day by the rules: an interval, a deferral, their age.
    not_yet_eligible: i64,
    /// This call asked them.
    already_asked: i64,
    /// Another call waits for their word, or they are on the way to it.
    open_ask_elsewhere: i64,
    /// They have a place at a drive.
    booked: i64,
    /// They asked to be left in peace until a day.
    not_until_a_day: i64,
    /// They were asked lately.
    asked_lately: i64,
    /// Who is left to be asked now.
    may_be_asked: i64,
}

impl From<LeftOut> for LeftOutView {
    fn from(out: LeftOut) -> Self {
        let why = |why| out.why.get(&why).copied().unwrap_or_default();
        Self {
            group: out.funnel.group,
            too_far: out.funnel.too_far,
            no_consent: out.funnel.no_consent,
            not_yet_eligible: out.funnel.not_eligible,
            already_asked: why(Why::AlreadyAsked),
            open_ask_elsewhere: why(Why::OpenElsewhere),
            booked: why(Why::Booked),
            not_until_a_day: why(Why::Quiet),
            asked_lately: why(Why::AskedLately),
            may_be_asked: out.may_be_asked,
        }
    }
}

/// Asks that leave in the morning: at night a call rings only at those of the reserve who allowed it.
#[derive(Debug, Serialize, ToSchema)]
struct HeldBackView {
    asks: i64,
    /// When the first of them leaves.
    until: Option<Moment>,
}

impl From<HeldBack> for HeldBackView {
    fn from(held: HeldBack) -> Self {
        Self {
            asks: held.asks,
            until: held.until,
        }
    }
}

/// How the asking stands.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::calls::http) struct AsksView {
    counts: Counts,
    /// Those who said yes and did not take it back, in that order.
    coming: Vec<ComingView>,
    /// For coordinators: the waves that went out.
    #[serde(skip_serializing_if = "Option::is_none")]
    waves: Option<Vec<WaveReview>>,
    /// For coordinators: how each ring answered so far.
    #[serde(skip_serializing_if = "Option::is_none")]
    rings: Option<Vec<RingReview>>,
    /// Asks that wait because it is night for who is to read them.
    held_back: HeldBackView,
    /// With `explain`.
    #[serde(skip_serializing_if = "Option::is_none")]
    left_out: Option<LeftOutView>,
}

impl AsksView {
    pub(in crate::calls::http) fn of(
        counts: Counts,
        coming: Vec<Coming>,
        held_back: HeldBack,
    ) -> Self {
        Self {
            counts,
            coming: coming.into_iter().map(ComingView::from).collect(),
            held_back: held_back.into(),
            waves: None,
            rings: None,
            left_out: None,
        }
    }

    /// What coordinators see besides.
    pub(in crate::calls::http) fn with_waves(mut self, sent: &[AskOfWave]) -> Self {
        let asked: Vec<Asked> = sent.iter().map(|one| one.asked).collect();
        self.waves = Some(waves(sent));
        self.rings = Some(rings(&asked));
        self
    }

    pub(in crate::calls::http) fn explained(mut self, out: LeftOut) -> Self {
        self.left_out = Some(out.into());
        self
    }
}

/// Somebody who said yes is there.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::calls::http) struct ArrivalRequest {
    /// Whose ask, as `GET /calls/{id}/asks` names it.
    pub(in crate::calls::http) ask: AskId,
    /// What came of it; left out: they only arrived. Deferred or left, the call asks for somebody else.
    pub(in crate::calls::http) outcome: Option<OutcomeRequest>,
}
