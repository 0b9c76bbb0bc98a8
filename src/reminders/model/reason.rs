//! Why a reminder is not sent.
use crate::platform::notices::rules::Refusal;
use serde::Serialize;
use utoipa::ToSchema;

/// Why a message is not sent; the text stays in its row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(in crate::reminders) enum Reason {
    /// They did not say yes to reminders, or took it back.
    NoConsent,
    /// The day on which they may give is another one now.
    DayMoved,
    /// They may not give yet.
    NotYet,
    /// They are past the age.
    OverAge,
    /// A place waits for them somewhere.
    Booked,
    /// Their body keeps their rare group for calls, or they stand by and too few others do.
    KeptInReserve,
    /// They were told of this return already.
    Told,
    /// Their body lets no reminders go out for now.
    Paused,
    /// A second message, but the first did not leave.
    FirstNotSent,
    /// A second message, but they asked to be told later.
    AskedForLater,
    /// Somebody else put them on a list, without a paper they signed.
    Listed,
    /// They said stop, by whatever way.
    Stopped,
    /// Enough was written to them this week.
    WeeklyCap,
}

impl Reason {
    /// As the row of the message keeps it.
    pub(in crate::reminders) const fn as_str(self) -> &'static str {
        match self {
            Self::NoConsent => "no consent",
            Self::DayMoved => "the day moved",
            Self::NotYet => "not yet",
            Self::OverAge => "over the age",
            Self::Booked => "booked already",
            Self::KeptInReserve => "kept in reserve",
            Self::Told => "told already",
            Self::Paused => "paused",
            Self::FirstNotSent => "the first did not leave",
            Self::AskedForLater => "asked for later",
            Self::Listed => "listed",
            Self::Stopped => "stopped",
            Self::WeeklyCap => "weekly cap",
        }
    }

    /// What the rules of contact say for good; what passes by itself is no reason.
    pub(in crate::reminders) const fn of(refusal: Refusal) -> Option<Self> {
        Some(match refusal {
            Refusal::Gone | Refusal::NoConsent => Self::NoConsent,
            Refusal::Listed => Self::Listed,
            Refusal::Stopped => Self::Stopped,
            Refusal::Deferred => Self::NotYet,
            Refusal::KeptInReserve => Self::KeptInReserve,
            Refusal::WeeklyCap => Self::WeeklyCap,
            Refusal::Quiet(_) => return None,
        })
    }
}
