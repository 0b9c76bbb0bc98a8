//! What a request must say, who may move a call where, and how wide it asks.
mod note;
mod request;
mod review;
mod sent;
mod widening;

pub(super) use note::private_parts;
pub(super) use request::{Frame, Request, arrives_in_time, check};
pub(super) use review::{Asked, Review, RingReview, Story, median, per_unit, review, rings};
pub(super) use sent::{AskOfWave, WaveReview, waves};
pub(super) use widening::{is_rare, ring_of};

use super::model::CallState;

/// Why something cannot be done with a call.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It is over, or was answered for already.
    #[error("a call in this state does not take this step")]
    WrongStep,
    /// Its place of giving is not on the map, so nobody near can be found.
    #[error("the place of giving has no coordinates")]
    PlaceUnknown,
    /// The link is not ours, or of another call.
    #[error("the link is not ours")]
    DeadLink,
    /// The call is over.
    #[error("the call is over")]
    Over,
    /// Nobody is left to ask, or enough come.
    #[error("no wave is needed")]
    NothingMissing,
    /// A coordinator holds its asking up.
    #[error("the asking is held up")]
    Paused,
    /// The note looks as if it said who the patient is.
    #[error("the note looks private")]
    NoteLooksPrivate(String),
    /// It goes the ordinary way, by messages.
    #[error("the call is not of the rare kind")]
    NotRare,
    /// They did not say that they come.
    #[error("this person did not accept")]
    NotAccepted,
    /// The gateway has no template for voice calls.
    #[error("there are no voice calls here")]
    NoVoice,
    /// They were rung up for this call before, or answered it.
    #[error("no voice call is needed")]
    NoVoiceNeeded,
    /// No telephone number of theirs may be used.
    #[error("this person has no number")]
    NoNumber,
    /// The contact rules forbid it, whatever the hour.
    #[error("this person may not be contacted")]
    NoContact,
    /// They sleep, and did not say that calls may come at night.
    #[error("this person sleeps")]
    Asleep,
}

/// The states that may follow this one, by a person's word or by itself.
pub(super) fn may_become(from: CallState, to: CallState) -> Result<(), Refusal> {
    use CallState::{Asking, Cancelled, Expired, Filled, Submitted, Verified};
    let is_step = matches!(
        (from, to),
        (Submitted, Verified | Expired | Cancelled)
            | (Verified | Filled, Asking | Expired | Cancelled)
            | (Asking, Filled | Expired | Cancelled)
    );
    if is_step {
        Ok(())
    } else {
        Err(Refusal::WrongStep)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_goes_its_way_and_never_comes_back_from_its_end() {
        for to in CallState::ALL {
            assert_eq!(
                may_become(CallState::Cancelled, to),
                Err(Refusal::WrongStep)
            );
            assert_eq!(may_become(CallState::Expired, to), Err(Refusal::WrongStep));
        }
        assert_eq!(may_become(CallState::Filled, CallState::Asking), Ok(()));
        assert_eq!(
            may_become(CallState::Submitted, CallState::Asking),
            Err(Refusal::WrongStep)
        );
    }
}
