//! Who may have a place, what may follow what, and the code on a ticket: decisions without a database.
use super::model::{Registration, RegistrationId, RegistrationState};
use crate::drives::model::{Drive, DriveState};
use crate::platform::clock::Moment;
use crate::platform::id::OrganisationId;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::NaiveDate;
use uuid::Uuid;

/// Why not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("the drive takes no bookings yet")]
    NotOpen,
    #[error("the drive is over")]
    Closed,
    #[error("the drive is cancelled")]
    DriveCancelled,
    #[error("the numbers of the drive are fixed")]
    Signed,
    #[error("the slot has begun")]
    SlotStarted,
    #[error("the slot belongs to another drive")]
    SlotOfAnotherDrive,
    #[error("no place is left in the slot")]
    SlotFull,
    #[error("there is a live registration already")]
    AlreadyRegistered,
    #[error("they may not give on that day yet")]
    NotYetEligible,
    #[error("they are past the age on that day")]
    PastAge,
    #[error("the body is unknown on that day")]
    UnknownBody,
    #[error("nothing is offered any more")]
    OfferOver,
    #[error("somebody else changed it meanwhile")]
    Changed,
    #[error("a registration in this state cannot be changed so")]
    WrongState(RegistrationState),
    #[error("the registration is for another day")]
    AnotherDay(NaiveDate),
    #[error("the ticket was not written by us")]
    ForgedTicket,
    #[error("the ticket is for another drive")]
    TicketOfAnotherDrive,
    #[error("no session of the drive is held today")]
    NoSessionToday,
    #[error("the drive cannot go from {0:?} to {1:?}")]
    WrongStep(DriveState, DriveState),
    #[error("the drive has not begun")]
    NotBegun,
    #[error("somebody has come to the session already")]
    SessionBegun,
    #[error("the hold is over")]
    HoldReleased,
    #[error("the hold has fewer places")]
    HoldTooSmall(i32),
}

/// What stands about a person where they want to give.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Standing {
    /// The first day they may give; none when nothing is known.
    pub available_from: Option<NaiveDate>,
    /// The last day their age allows.
    pub available_until: Option<NaiveDate>,
    /// Whose people they are.
    pub main_club: Option<OrganisationId>,
    /// They have a live registration of this drive.
    pub is_registered: bool,
}

/// Whether places of a drive in this state may be booked.
pub(crate) fn may_book(drive: &Drive) -> Result<(), Refusal> {
    match drive.state {
        DriveState::Open | DriveState::Running => Ok(()),
        DriveState::Draft => Err(Refusal::NotOpen),
        DriveState::Completed => Err(Refusal::Closed),
        DriveState::Signed => Err(Refusal::Signed),
        DriveState::Cancelled => Err(Refusal::DriveCancelled),
    }
}

/// Whether the desk of a drive in this state may still record who came: late journals count until it is signed.
pub(crate) fn may_record(drive: &Drive) -> Result<(), Refusal> {
    match drive.state {
        DriveState::Completed => Ok(()),
        _ => may_book(drive),
    }
}

/// Whether a slot that begins then can still be booked.
pub(crate) fn is_ahead(starts_at: Moment, now: Moment) -> Result<(), Refusal> {
    if starts_at > now {
        Ok(())
    } else {
        Err(Refusal::SlotStarted)
    }
}

/// Whether this person may have a place on that day; a doctor still has the last word.
pub(crate) fn may_come(person: &Standing, held_on: NaiveDate) -> Result<(), Refusal> {
    if person.is_registered {
        return Err(Refusal::AlreadyRegistered);
    }
    if person.available_from.is_some_and(|from| from > held_on) {
        return Err(Refusal::NotYetEligible);
    }
    match person.available_until {
        Some(until) if until < held_on => Err(Refusal::PastAge),
        _ => Ok(()),
    }
}

/// For whom a registration counts where nobody said: their club, else the organiser.
pub(crate) fn body_of(person: &Standing, drive: &Drive) -> OrganisationId {
    person.main_club.unwrap_or(drive.organiser)
}

/// What checking somebody in needs.
pub(crate) fn may_check_in(registration: &Registration, today: NaiveDate) -> Result<(), Refusal> {
    match registration.state {
        RegistrationState::Waitlisted
        | RegistrationState::Offered
        | RegistrationState::Booked
        | RegistrationState::NoShow
            if registration.held_on > today =>
        {
            Err(Refusal::AnotherDay(registration.held_on))
        }
        RegistrationState::Cancelled => Err(Refusal::WrongState(registration.state)),
        _ => Ok(()),
    }
}

/// Whether a registration can be given up: only before the person came.
pub(crate) fn may_cancel(state: RegistrationState) -> Result<(), Refusal> {
    match state {
        RegistrationState::Waitlisted | RegistrationState::Offered | RegistrationState::Booked => {
            Ok(())
        }
        other => Err(Refusal::WrongState(other)),
    }
}

/// Where a visit stands once what was recorded of it is taken back; none where it was made with the record.
pub(crate) fn restored(
    was: Option<RegistrationState>,
    drive: DriveState,
    has_other_live: bool,
) -> RegistrationState {
    use RegistrationState::{Booked, Cancelled, CheckedIn, Left, NoShow, Offered, Waitlisted};
    match was {
        // Who waited came as without booking: there is no place to wait for any more.
        None | Some(Waitlisted | Cancelled) => Cancelled,
        Some(Offered | Booked | CheckedIn) if has_other_live => Left,
        Some(Offered | Booked) if drive == DriveState::Completed => NoShow,
        Some(Offered) => Booked,
        Some(state) => state,
    }
}

/// Who may take a drive from one state to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// Anyone of its staff.
    Staff,
    /// A coordinator of its organiser.
    Coordinator,
}

/// The table of a drive's states; what is not here cannot follow.
pub(crate) fn step(from: DriveState, to: DriveState) -> Result<Step, Refusal> {
    use DriveState::{Cancelled, Completed, Draft, Open, Running, Signed};
    match (from, to) {
        (Open, Running) | (Running, Open | Completed) => Ok(Step::Staff),
        (Draft, Open | Cancelled)
        | (Open, Completed | Cancelled)
        | (Completed, Running | Signed) => Ok(Step::Coordinator),
        _ => Err(Refusal::WrongStep(from, to)),
    }
}

const TICKET: &str = "GH1";

/// For which purpose proofs on tickets are made.
pub(crate) const TICKET_DOMAIN: &str = "ticket";

/// What the proof of a ticket is made over: the registration and nothing else.
pub(crate) fn ticket_message(id: RegistrationId) -> [u8; 16] {
    *id.0.as_bytes()
}

/// The text in the QR code: version, registration, proof.
pub(crate) fn ticket_code(id: RegistrationId, proof: &str) -> String {
    let id = URL_SAFE_NO_PAD.encode(id.0.as_bytes());
    format!("{TICKET}.{id}.{proof}")
}

/// The registration a code names and its proof, not yet verified.
pub(crate) fn read_ticket(code: &str) -> Result<(RegistrationId, &str), Refusal> {
    let mut parts = code.trim().split('.');
    let (version, id, proof) = (parts.next(), parts.next(), parts.next());
    let bytes = id.and_then(|id| URL_SAFE_NO_PAD.decode(id).ok());
    let id = bytes.and_then(|bytes| Uuid::from_slice(&bytes).ok());
    match (version, id, proof, parts.next()) {
        (Some(TICKET), Some(id), Some(proof), None) => Ok((RegistrationId(id), proof)),
        _ => Err(Refusal::ForgedTicket),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn nobody_books_before_the_day_they_may_give() {
        let donor = Standing {
            available_from: Some(day("2026-05-10")),
            ..Standing::default()
        };
        assert_eq!(
            may_come(&donor, day("2026-05-09")),
            Err(Refusal::NotYetEligible)
        );
        assert_eq!(may_come(&donor, day("2026-05-10")), Ok(()));
    }

    #[test]
    fn the_last_day_of_age_still_counts() {
        let donor = Standing {
            available_until: Some(day("2026-05-10")),
            ..Standing::default()
        };
        assert_eq!(may_come(&donor, day("2026-05-10")), Ok(()));
        assert_eq!(may_come(&donor, day("2026-05-11")), Err(Refusal::PastAge));
    }

    #[test]
    fn a_person_nobody_knows_anything_about_may_come() {
        assert_eq!(may_come(&Standing::default(), day("2026-05-10")), Ok(()));
    }

    #[test]
    fn what_is_taken_back_leaves_a_visit_as_it_was_where_that_can_still_be() {
        use RegistrationState::{Booked, Cancelled, CheckedIn, Deferred, Left, NoShow, Offered};
        let running = |was| restored(Some(was), DriveState::Running, false);
        assert_eq!(running(CheckedIn), CheckedIn);
        assert_eq!(running(Deferred), Deferred);
        assert_eq!(running(Offered), Booked);
        assert_eq!(running(RegistrationState::Waitlisted), Cancelled);
        assert_eq!(restored(None, DriveState::Running, false), Cancelled);
        assert_eq!(restored(Some(Booked), DriveState::Completed, false), NoShow);
        assert_eq!(restored(Some(CheckedIn), DriveState::Running, true), Left);
    }

    #[test]
    fn what_is_signed_or_cancelled_stays_so() {
        use DriveState::{Cancelled, Completed, Draft, Open, Running, Signed};
        for to in [Draft, Open, Running, Completed, Signed, Cancelled] {
            assert!(step(Signed, to).is_err());
            assert!(step(Cancelled, to).is_err());
            assert!(step(to, to).is_err());
            assert!(step(to, Draft).is_err());
        }
        assert_eq!(step(Open, Running), Ok(Step::Staff));
        assert_eq!(step(Completed, Signed), Ok(Step::Coordinator));
        assert!(step(Running, Signed).is_err());
    }

    #[test]
    fn a_ticket_names_its_registration_and_nothing_else_reads_as_one() {
        let id = RegistrationId(Uuid::from_u128(7));
        let code = ticket_code(id, "proof");
        assert_eq!(read_ticket(&code), Ok((id, "proof")));
        for wrong in ["", "GH1", "GH1.x.y", "GH2.AAAA.y", &format!("{code}.more")] {
            assert_eq!(read_ticket(wrong), Err(Refusal::ForgedTicket), "{wrong:?}");
        }
    }
}
