//! What coming in depends on, and what a role may hand on.
use crate::platform::App;
use crate::platform::clock::Moment;
use crate::platform::id::{DriveId, OrganisationId, PersonId};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Why somebody does not come in, or may not do this.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Reveals are counted, so that nobody reads out the whole list.
    #[error("this account has revealed as many contacts today as it may")]
    TooManyReveals,
    /// Whoever hands out the ticket could act with the other's role.
    #[error("one-time tickets are for donors, not for people with a role")]
    TicketForStaff,
}

/// What is done to a person's entry and written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// A telephone number or address was shown.
    ContactRevealed,
    /// Answers about health were read.
    HealthRead,
    /// The entry went into a file.
    Exported,
    /// A one-time ticket was handed out.
    TicketIssued,
    /// A paper consent was recorded.
    ConsentRecorded,
    /// The entry was found in a search and opened.
    Opened,
}

impl Act {
    const ALL: [Self; 6] = [
        Self::ContactRevealed,
        Self::HealthRead,
        Self::Exported,
        Self::TicketIssued,
        Self::ConsentRecorded,
        Self::Opened,
    ];

    /// The text kept in a row.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::ContactRevealed => "contact_revealed",
            Self::HealthRead => "health_read",
            Self::Exported => "exported",
            Self::TicketIssued => "ticket_issued",
            Self::ConsentRecorded => "consent_recorded",
            Self::Opened => "opened",
        }
    }

    /// The act that `text` names.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|act| act.as_str() == text)
    }
}

crate::text_column!(Act);

/// Where a role holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// On a body and everything below it.
    Organisation(OrganisationId),
    /// On one drive.
    Drive(DriveId),
}

impl Place {
    /// The body, if it is one.
    pub const fn organisation(self) -> Option<OrganisationId> {
        match self {
            Self::Organisation(id) => Some(id),
            Self::Drive(_) => None,
        }
    }

    /// The drive, if it is one.
    pub const fn drive(self) -> Option<DriveId> {
        match self {
            Self::Drive(id) => Some(id),
            Self::Organisation(_) => None,
        }
    }
}

/// A one-time way in, shown as a QR or printed; the database keeps its hash only.
pub struct Ticket {
    /// What the QR says; shown once and kept nowhere.
    pub secret: String,
    pub(super) hash: String,
    pub(super) person: PersonId,
    /// Worthless after.
    pub expires_at: Moment,
    pub(super) created_by: PersonId,
    pub(super) created_at: Moment,
}

impl Ticket {
    /// A new ticket for `person`, handed out by `by`; kept by `accounts::issue_ticket`.
    pub fn new(app: &App, person: PersonId, by: PersonId) -> Self {
        let (secret, now) = (secret(app), app.now());
        Self {
            hash: app.keys.lookup("ticket", &secret),
            secret,
            person,
            expires_at: now + TimeDelta::hours(app.settings.accounts.ticket_hours),
            created_by: by,
            created_at: now,
        }
    }

    /// What the QR holds: the secret stands behind #, so that no server, proxy or log sees it.
    pub fn link(&self, app: &App) -> String {
        app.link(&format!("/sign-in#ticket={}", self.secret))
    }
}

/// 256 bits that nobody can guess, 43 characters.
pub(super) fn secret(app: &App) -> String {
    URL_SAFE_NO_PAD.encode(app.chance.bytes::<32>())
}
