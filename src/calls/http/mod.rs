//! The calls API: for hospitals and coordinators, for asked donors, and for anyone.
mod answers;
mod pages;
mod public;
mod staff;
mod views;

use super::rules::Refusal;
use crate::platform::http::Routes;
use crate::platform::problem::{Kind, Problem};

const WRONG_STEP: Kind = Kind::new("call-step-not-possible", 409);
const PLACE_UNKNOWN: Kind = Kind::new("place-not-on-the-map", 409);
const DEAD_LINK: Kind = Kind::new("link-not-ours", 404);
const OVER: Kind = Kind::new("call-over", 409);
const NOTHING_MISSING: Kind = Kind::new("call-nothing-missing", 409);

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::WrongStep => (&WRONG_STEP).into(),
            Refusal::PlaceUnknown => (&PLACE_UNKNOWN).into(),
            Refusal::DeadLink => (&DEAD_LINK).into(),
            Refusal::Over => (&OVER).into(),
            Refusal::NothingMissing => (&NOTHING_MISSING).into(),
        }
    }
}

/// Everything under `/api/v1`.
pub fn routes(config: &mut Routes<'_, '_>) {
    config
        .service(staff::create_call)
        .service(staff::list_calls)
        .service(staff::show_call)
        .service(staff::change_call_state)
        .service(staff::verify_call)
        .service(staff::send_wave)
        .service(staff::show_asks)
        .service(answers::show_answer)
        .service(answers::give_answer)
        .service(answers::change_answer)
        .service(public::show_public_call);
}

/// The pages that links open: `/a/{answer}` and `/c/{call}`.
pub fn pages(config: &mut Routes<'_, '_>) {
    config
        .service(pages::show_answer_page)
        .service(pages::take_answer)
        .service(pages::show_call_page);
}
