//! Places at drives over HTTP: booking, the desk, holds and the state of a drive.
mod attendance;
mod booking;
mod desk;
mod holds;
mod keep;
mod own;
mod queries;
mod questionnaire;
mod session;
mod state;
mod ticket;
mod walk_in;

use super::model::{HoldId, Registration, RegistrationId, RegistrationState};
use super::rules::Refusal;
use crate::drives::model::{SessionId, SlotId};
use crate::platform::clock::Moment;
use crate::platform::http::Routes;
use crate::platform::id::{DriveId, OrganisationId, PersonId};
use crate::platform::language::{Phrase, keys};
use crate::platform::problem::{Kind, Problem};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

const NOT_OPEN: Kind = Kind::new("drive-not-open", 409);
const CLOSED: Kind = Kind::new("drive-closed", 409);
const DRIVE_CANCELLED: Kind = Kind::new("drive-cancelled", 409);
const SIGNED: Kind = Kind::new("drive-signed", 409);
const NOT_BEGUN: Kind = Kind::new("drive-not-begun", 409);
const WRONG_STEP: Kind = Kind::new("drive-state-not-allowed", 409);
const SLOT_STARTED: Kind = Kind::new("slot-started", 409);
const SLOT_OF_ANOTHER_DRIVE: Kind = Kind::new("slot-of-another-drive", 409);
const SLOT_FULL: Kind = Kind::new("slot-full", 409);
const ALREADY_REGISTERED: Kind = Kind::new("already-registered", 409);
const NOT_YET_ELIGIBLE: Kind = Kind::new("not-yet-eligible", 409);
const PAST_AGE: Kind = Kind::new("past-age", 409);
const UNKNOWN_BODY: Kind = Kind::new("unknown-body", 409);
const OFFER_OVER: Kind = Kind::new("offer-over", 409);
const WRONG_STATE: Kind = Kind::new("registration-not-open", 409);
const ANOTHER_DAY: Kind = Kind::new("registration-for-another-day", 409);
const FORGED_TICKET: Kind = Kind::new("ticket-forged", 422);
const TICKET_OF_ANOTHER_DRIVE: Kind = Kind::new("ticket-of-another-drive", 409);
const NO_SESSION_TODAY: Kind = Kind::new("no-session-today", 409);
const SESSION_BEGUN: Kind = Kind::new("session-begun", 409);
const HOLD_RELEASED: Kind = Kind::new("hold-released", 409);
const HOLD_TOO_SMALL: Kind = Kind::new("hold-too-small", 409);

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::NotOpen => (&NOT_OPEN).into(),
            Refusal::Closed => (&CLOSED).into(),
            Refusal::DriveCancelled => (&DRIVE_CANCELLED).into(),
            Refusal::Signed => (&SIGNED).into(),
            Refusal::NotBegun => (&NOT_BEGUN).into(),
            Refusal::WrongStep(..) => (&WRONG_STEP).into(),
            Refusal::SlotStarted => (&SLOT_STARTED).into(),
            Refusal::SlotOfAnotherDrive => (&SLOT_OF_ANOTHER_DRIVE).into(),
            Refusal::SlotFull => (&SLOT_FULL).into(),
            Refusal::AlreadyRegistered => (&ALREADY_REGISTERED).into(),
            Refusal::NotYetEligible => (&NOT_YET_ELIGIBLE).into(),
            Refusal::PastAge => (&PAST_AGE).into(),
            Refusal::UnknownBody => (&UNKNOWN_BODY).into(),
            Refusal::OfferOver => (&OFFER_OVER).into(),
            Refusal::Changed => Problem::unavailable(refusal).retry_after(1),
            Refusal::WrongState(state) => Problem::from(&WRONG_STATE).with("state", word(state)),
            Refusal::AnotherDay(day) => Problem::from(&ANOTHER_DAY).with("day", day),
            Refusal::ForgedTicket => (&FORGED_TICKET).into(),
            Refusal::TicketOfAnotherDrive => (&TICKET_OF_ANOTHER_DRIVE).into(),
            Refusal::NoSessionToday => (&NO_SESSION_TODAY).into(),
            Refusal::SessionBegun => (&SESSION_BEGUN).into(),
            Refusal::HoldReleased => (&HOLD_RELEASED).into(),
            Refusal::HoldTooSmall(places) => Problem::from(&HOLD_TOO_SMALL).with("places", places),
        }
    }
}

fn word(state: RegistrationState) -> Phrase {
    Phrase::new(match state {
        RegistrationState::Waitlisted => keys::REGISTRATION_STATE_WAITLISTED,
        RegistrationState::Offered => keys::REGISTRATION_STATE_OFFERED,
        RegistrationState::Booked => keys::REGISTRATION_STATE_BOOKED,
        RegistrationState::CheckedIn => keys::REGISTRATION_STATE_CHECKED_IN,
        RegistrationState::Deferred => keys::REGISTRATION_STATE_DEFERRED,
        RegistrationState::Collected => keys::REGISTRATION_STATE_COLLECTED,
        RegistrationState::Left => keys::REGISTRATION_STATE_LEFT,
        RegistrationState::NoShow => keys::REGISTRATION_STATE_NO_SHOW,
        RegistrationState::Cancelled => keys::REGISTRATION_STATE_CANCELLED,
    })
}

/// A person's place at a drive.
#[derive(Debug, Serialize, ToSchema)]
pub struct RegistrationView {
    /// Which.
    pub id: RegistrationId,
    /// Of which drive.
    pub drive: DriveId,
    /// Of which session.
    pub session: SessionId,
    /// In which slot; null for who came without booking.
    pub slot: Option<SlotId>,
    /// Whose.
    pub person: PersonId,
    /// How far it has come.
    pub state: RegistrationState,
    /// The body whose people they count for.
    pub mobilised_by: OrganisationId,
    /// The hold whose place it uses.
    pub hold: Option<HoldId>,
    /// Came without booking.
    pub is_walk_in: bool,
    /// Local day of the session.
    pub held_on: NaiveDate,
    /// While offered: until when the place waits.
    pub offered_until: Option<Moment>,
    /// When they came.
    pub checked_in_at: Option<Moment>,
}

impl From<Registration> for RegistrationView {
    fn from(registration: Registration) -> Self {
        Self {
            id: registration.id,
            drive: registration.drive,
            session: registration.session,
            slot: registration.slot,
            person: registration.person,
            state: registration.state,
            mobilised_by: registration.mobilised_by,
            hold: registration.hold,
            is_walk_in: registration.is_walk_in,
            held_on: registration.held_on,
            offered_until: registration.offered_until,
            checked_in_at: registration.checked_in_at,
        }
    }
}

/// The endpoints of this subject.
pub fn routes(config: &mut Routes<'_, '_>) {
    config
        .service(booking::book_place)
        .service(booking::accept_offer)
        .service(booking::change_registration)
        .service(booking::cancel_registration)
        .service(own::show_ticket)
        .service(ticket::show_ticket_event)
        .service(questionnaire::show_questionnaire)
        .service(questionnaire::answer_questionnaire)
        .service(attendance::list_attendance)
        .service(own::list_my_registrations)
        .service(desk::list_registrations)
        .service(walk_in::receive_walk_in)
        .service(desk::check_in)
        .service(desk::check_in_by_ticket)
        .service(holds::list_holds)
        .service(holds::keep_places)
        .service(holds::show_names)
        .service(holds::name_people)
        .service(holds::release_hold)
        .service(state::change_drive_state)
        .service(session::change_session);
}

/// The page behind the links in messages about a place.
pub(crate) fn pages(config: &mut Routes<'_, '_>) {
    config
        .service(keep::show_place_page)
        .service(keep::keep_or_give_up);
}
