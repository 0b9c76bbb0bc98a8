//! Whether somebody may be written to now: one decision for every sender.
mod quiet;
mod route;

pub use quiet::QuietHours;
pub(super) use quiet::moment_of;
pub use route::{Routing, Way, is_for_a_lead, route, share};

use super::model::{Entry, Purpose, Reserve};
use chrono::NaiveDateTime;

/// Why a message does not leave, or not now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// Nobody of this id any more: erased.
    Gone,
    /// Somebody else put them on a list; they have not said a word to us.
    Listed,
    /// They did not agree to this purpose, or took it back.
    NoConsent,
    /// They said stop.
    Stopped,
    /// They may not give at present.
    Deferred,
    /// They stand by, and too few others do.
    KeptInReserve,
    /// Enough was written to them this week.
    WeeklyCap,
    /// It is night where they are, until this local time.
    Quiet(NaiveDateTime),
}

impl Refusal {
    /// The slug of quiet hours, by which it is seen what waits for the morning.
    pub const QUIET: &str = "quiet-hours";

    /// As rows keep it, and as `refusal.{slug}` words it.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Gone => "gone",
            Self::Listed => "listed",
            Self::NoConsent => "no-consent",
            Self::Stopped => "stopped",
            Self::Deferred => "deferred",
            Self::KeptInReserve => "kept-in-reserve",
            Self::WeeklyCap => "weekly-cap",
            Self::Quiet(_) => Self::QUIET,
        }
    }
}

/// What somebody said to a purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Word {
    /// Yes, or it needs none.
    Yes,
    /// No, or nothing.
    No,
}

/// Whether one of somebody's contacts said stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    /// No.
    None,
    /// Yes, to this purpose or to everything.
    Asked,
}

/// Whether somebody may give at present.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Able {
    /// Nothing stands in the way.
    Yes,
    /// Not yet, or never.
    NotYet,
}

/// How many messages left within seven days, and how many may.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Week {
    /// For this purpose.
    pub sent: i64,
    /// For every purpose that nobody waits for.
    pub sent_in_all: i64,
    /// At most for this purpose.
    pub most: i64,
    /// At most in all.
    pub most_in_all: i64,
}

/// Everything that decides whether somebody may be written to.
#[derive(Debug, Clone, Copy)]
pub struct Contact {
    /// Why it would be sent.
    pub purpose: Purpose,
    /// How they came to be known.
    pub entry: Entry,
    /// What they said to it.
    pub consent: Word,
    /// Whether they said stop.
    pub stop: Stop,
    /// Whether they may give.
    pub able: Able,
    /// Whether they stand by.
    pub reserve: Reserve,
    /// What time it is where they are.
    pub local: NaiveDateTime,
    /// When they sleep.
    pub quiet: QuietHours,
    /// What they got this week.
    pub week: Week,
}

/// Whether this message may leave now. What never holds again comes before what passes by itself.
pub fn may_contact(contact: &Contact) -> Result<(), Refusal> {
    use Purpose::{Call, Code, Reminder};
    let purpose = contact.purpose;
    let is_for_givers = matches!(purpose, Call | Reminder);
    let week = contact.week;
    let is_full =
        purpose.is_counted() && (week.sent >= week.most || week.sent_in_all >= week.most_in_all);
    let refusals = [
        (contact.entry == Entry::Listed, Refusal::Listed),
        // A code is sent because its reader asks for it at this moment.
        (
            contact.stop == Stop::Asked && purpose != Code,
            Refusal::Stopped,
        ),
        (contact.consent == Word::No, Refusal::NoConsent),
        (
            is_for_givers && contact.able == Able::NotYet,
            Refusal::Deferred,
        ),
        (
            purpose == Reminder && contact.reserve == Reserve::BelowCover,
            Refusal::KeptInReserve,
        ),
        (is_full, Refusal::WeeklyCap),
    ];
    if let Some((_, refusal)) = refusals.into_iter().find(|(holds, _)| *holds) {
        return Err(refusal);
    }
    match contact.quiet.ends(contact.local) {
        Some(until) if !may_ring_at_night(contact) => Err(Refusal::Quiet(until)),
        _ => Ok(()),
    }
}

/// What its reader waits for may; a call only those who stand by and said so.
fn may_ring_at_night(contact: &Contact) -> bool {
    let is_of_a_call = matches!(contact.purpose, Purpose::Call | Purpose::CallNews);
    contact.purpose.is_awaited() || (is_of_a_call && contact.reserve == Reserve::Nights)
}

#[cfg(test)]
mod tests;
