//! Which words a message about a place has, and when they are true.
use crate::platform::language::{Key, keys};
use crate::registrations::model::RegistrationState;

/// The words of a message about a place, and in which state of it they are true.
pub(super) struct Words {
    pub(super) subject: Key,
    pub(super) text: Key,
    pub(super) short: Key,
    pub(super) is_for: fn(RegistrationState) -> bool,
}

const fn words(subject: Key, text: Key, short: Key) -> Words {
    Words {
        subject,
        text,
        short,
        is_for: is_booked,
    }
}

fn is_booked(state: RegistrationState) -> bool {
    state == RegistrationState::Booked
}

/// An offered place is held too.
fn is_held(state: RegistrationState) -> bool {
    is_booked(state) || state == RegistrationState::Offered
}

pub(super) const SESSION_CHANGED: Words = Words {
    is_for: is_held,
    ..words(
        keys::MAIL_SESSION_CHANGED_SUBJECT,
        keys::MAIL_SESSION_CHANGED_TEXT,
        keys::MAIL_SESSION_CHANGED_SHORT,
    )
};
pub(super) const TOMORROW: Words = words(
    keys::MAIL_BOOKING_TOMORROW_SUBJECT,
    keys::MAIL_BOOKING_TOMORROW_TEXT,
    keys::MAIL_BOOKING_TOMORROW_SHORT,
);
pub(super) const SOON: Words = words(
    keys::MAIL_BOOKING_SOON_SUBJECT,
    keys::MAIL_BOOKING_SOON_TEXT,
    keys::MAIL_BOOKING_SOON_SHORT,
);

pub(super) const PLACE_CONFIRMED: Words = words(
    keys::MAIL_BOOKING_CONFIRMED_SUBJECT,
    keys::MAIL_BOOKING_CONFIRMED_TEXT,
    keys::MAIL_BOOKING_CONFIRMED_SHORT,
);
pub(super) const PLACE_MOVED: Words = words(
    keys::MAIL_BOOKING_MOVED_SUBJECT,
    keys::MAIL_BOOKING_MOVED_TEXT,
    keys::MAIL_BOOKING_MOVED_SHORT,
);
pub(super) const PLACE_OFFERED: Words = words(
    keys::MAIL_PLACE_OFFERED_SUBJECT,
    keys::MAIL_PLACE_OFFERED_TEXT,
    keys::MAIL_PLACE_OFFERED_SHORT,
);
