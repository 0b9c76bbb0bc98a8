//! The calls API: for hospitals and coordinators, for asked donors, and for anyone.
mod answers;
mod asks;
mod pages;
mod public;
mod reviews;
mod staff;
mod steering;
mod telephone;
mod views;

use super::rules::Refusal;
use crate::platform::http::{Caller, Role, Routes};
use crate::platform::id::OrganisationId;
use crate::platform::problem::{Kind, Problem};

const WRONG_STEP: Kind = Kind::new("call-step-not-possible", 409);
const PLACE_UNKNOWN: Kind = Kind::new("place-not-on-the-map", 409);
const DEAD_LINK: Kind = Kind::new("link-not-ours", 404);
const OVER: Kind = Kind::new("call-over", 409);
const NOTHING_MISSING: Kind = Kind::new("call-nothing-missing", 409);
const PAUSED: Kind = Kind::new("call-paused", 409);
const NOTE_LOOKS_PRIVATE: Kind = Kind::new("note-looks-private", 409);
const NOT_RARE: Kind = Kind::new("call-not-rare", 409);
const NOT_ACCEPTED: Kind = Kind::new("donor-did-not-accept", 409);
const NO_VOICE: Kind = Kind::new("voice-calls-not-set-up", 409);
const NO_VOICE_NEEDED: Kind = Kind::new("voice-call-not-needed", 409);
const NO_NUMBER: Kind = Kind::new("donor-has-no-number", 409);
const NO_CONTACT: Kind = Kind::new("contact-not-allowed", 409);
const ASLEEP: Kind = Kind::new("contact-not-at-night", 409);

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::WrongStep => (&WRONG_STEP).into(),
            Refusal::PlaceUnknown => (&PLACE_UNKNOWN).into(),
            Refusal::DeadLink => (&DEAD_LINK).into(),
            Refusal::Over => (&OVER).into(),
            Refusal::NothingMissing => (&NOTHING_MISSING).into(),
            Refusal::Paused => (&PAUSED).into(),
            Refusal::NoteLooksPrivate(found) => {
                Problem::from(&NOTE_LOOKS_PRIVATE).with("found", found)
            }
            Refusal::NotRare => (&NOT_RARE).into(),
            Refusal::NotAccepted => (&NOT_ACCEPTED).into(),
            Refusal::NoVoice => (&NO_VOICE).into(),
            Refusal::NoVoiceNeeded => (&NO_VOICE_NEEDED).into(),
            Refusal::NoNumber => (&NO_NUMBER).into(),
            Refusal::NoContact => (&NO_CONTACT).into(),
            Refusal::Asleep => (&ASLEEP).into(),
        }
    }
}

/// Every body under which the caller answers for calls: as hospital or as coordinator.
fn bodies(caller: &Caller) -> Vec<OrganisationId> {
    let mut bodies = caller.bodies(Role::Hospital);
    bodies.extend(caller.bodies(Role::Coordinator));
    bodies
}

/// Everything under `/api/v1`.
pub fn routes(config: &mut Routes<'_, '_>) {
    config
        .service(staff::create_call)
        .service(staff::list_calls)
        .service(staff::show_call)
        .service(staff::change_call_state)
        .service(staff::verify_call)
        .service(steering::send_wave)
        .service(steering::pause_call)
        .service(steering::check_stock)
        .service(steering::call_back)
        .service(asks::show_asks)
        .service(asks::record_arrival)
        .service(telephone::show_telephone_list)
        .service(telephone::tick_off)
        .service(telephone::ring_up)
        .service(telephone::reveal_number)
        .service(reviews::review_call)
        .service(reviews::review_calls)
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
