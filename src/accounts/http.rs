//! Signing in and out, roles, and who looked at whom, over HTTP.
use super::rules::Refusal;
use crate::platform::problem::{Kind, Problem};

const TOO_MANY_REVEALS: Kind = Kind::new("too-many-reveals", 429);
const TICKET_FOR_STAFF: Kind = Kind::new("ticket-for-staff", 409);

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::TooManyReveals => Self::from(&TOO_MANY_REVEALS).retry_after(3600),
            Refusal::TicketForStaff => (&TICKET_FOR_STAFF).into(),
        }
    }
}
