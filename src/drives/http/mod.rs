//! The addresses of drives.
mod drives;
mod lists;
mod opening;
mod page;
mod programmes;
mod public;
mod queries;
mod requests;
mod slots;
mod views;

pub(crate) use page::pages;
pub use requests::SessionChangeRequest;

use super::model::Reach;
use super::rules::{MOST_SESSIONS, MOST_SLOTS, Refusal};
use crate::platform::http::Routes;
use crate::platform::http::{Anyone, Role};
use crate::platform::problem::{Kind, Problem};

const SETTLED: Kind = Kind::new("drive-settled", 409);
const TOO_LARGE: Kind = Kind::new("drive-too-large", 409);
const TAKEN: Kind = Kind::new("slot-capacity-taken", 409);

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Settled => Problem::from(&SETTLED),
            Refusal::TooLarge => Problem::from(&TOO_LARGE)
                .with("sessions", MOST_SESSIONS)
                .with("slots", MOST_SLOTS),
            Refusal::Taken(taken) => Problem::from(&TAKEN).with("taken", taken),
        }
    }
}

/// Every address of this subject.
pub(crate) fn routes(config: &mut Routes<'_, '_>) {
    config
        .service(programmes::list_programmes)
        .service(programmes::create_programme)
        .service(lists::list_drives)
        .service(lists::show_calendar)
        .service(drives::create_drive)
        .service(drives::show_drive)
        .service(drives::change_drive)
        .service(slots::list_slots)
        .service(slots::add_session)
        .service(slots::add_slots)
        .service(slots::change_slot)
        .service(public::show_public_drive);
}

/// Where the caller works, if anywhere.
fn reach(anyone: &Anyone) -> Reach {
    let caller = anyone.caller.as_ref();
    Reach {
        bodies: caller.map_or_else(Vec::new, |caller| caller.bodies(Role::DriveStaff)),
        drives: caller.map_or_else(Vec::new, |caller| caller.drives(Role::DriveStaff)),
    }
}
