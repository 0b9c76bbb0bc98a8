//! What clients send and see of calls.
mod answers;
mod asks;
mod calls;
mod rare;
mod requests;
mod reviews;
mod telephone;

pub(super) use answers::{AnswerRequest, AnswerView, NextDrive, PublicCallView, Word};
pub(super) use asks::{ArrivalRequest, AsksQuery, AsksView};
pub(super) use calls::{Beside, CallView};
pub(super) use rare::StockView;
pub(super) use requests::{
    CallBackRequest, CallRequest, CallStateRequest, CallsQuery, PauseRequest, StockCheckRequest,
    VerificationRequest, WaveRequest, WaveView,
};
pub(super) use reviews::{CallReviewView, HospitalReviews, Reviewed, ReviewsQuery};
pub(super) use telephone::{
    RevealRequest, RevealView, RevealedView, TelephoneView, TickRequest, TickedView, VoiceRequest,
};
