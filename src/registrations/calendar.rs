//! A place at a drive as an entry for a calendar: in mails and behind the ticket.
use super::model::RegistrationState;
use super::store::OwnRow;
use crate::platform::clock::Moment;
use icalendar::{Calendar, Component, Event, EventLike, EventStatus};

/// The entry; its id stays the same for as long as the registration lives.
pub(super) fn event(row: &OwnRow, link: &str, now: Moment) -> String {
    let begins = row.slot_starts_at.unwrap_or(row.session_starts_at);
    let mut event = Event::new();
    event
        .uid(&format!("{}@giothong", row.registration.id))
        .timestamp(*now)
        .summary(&row.drive_name)
        .location(&format!("{}, {}", row.place, row.address))
        .starts(*begins)
        .ends(*row.session_ends_at)
        .url(link);
    if row.registration.state == RegistrationState::Cancelled {
        event.status(EventStatus::Cancelled);
    }
    Calendar::new().push(event.done()).done().to_string()
}
