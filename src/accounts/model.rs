//! What accounts speak of: acts in the log, places of roles, one-time tickets, sessions.
use crate::platform::App;
use crate::platform::clock::Moment;
use crate::platform::http::Role;
use crate::platform::id::{DriveId, OrganisationId, PersonId, SignInId};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

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
    /// A code was made to be read out on the telephone.
    CodeSpoken,
}

crate::text_column! {
    pub Act {
        ContactRevealed => "contact_revealed",
        HealthRead => "health_read",
        Exported => "exported",
        TicketIssued => "ticket_issued",
        ConsentRecorded => "consent_recorded",
        Opened => "opened",
        CodeSpoken => "code_spoken",
    }
}

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
        app.link(&format!("/app/sign-in#ticket={}", self.secret))
    }
}

/// 256 bits that nobody can guess, 43 characters.
pub(super) fn secret(app: &App) -> String {
    URL_SAFE_NO_PAD.encode(app.chance.bytes::<32>())
}

/// A role waiting for whoever opens the link.
pub(super) struct Invitation {
    pub(super) secret: String,
    pub(super) hash: String,
    pub(super) role: Role,
    pub(super) place: Place,
    /// Until when the grant will hold.
    pub(super) until: Option<Moment>,
    pub(super) places: i32,
    pub(super) expires_at: Moment,
    pub(super) created_by: PersonId,
    pub(super) created_at: Moment,
}

/// What was asked of an invitation.
#[derive(Debug, Clone, Copy)]
pub(super) struct InvitationTerms {
    pub(super) role: Role,
    pub(super) place: Place,
    pub(super) until: Option<Moment>,
    pub(super) places: i32,
}

impl Invitation {
    /// A new invitation by `by`; it can be used for as long as a ticket, and no longer than what it gives.
    pub(super) fn new(app: &App, terms: InvitationTerms, by: PersonId) -> Self {
        let (secret, now) = (secret(app), app.now());
        let latest = now + TimeDelta::hours(app.settings.accounts.ticket_hours);
        Self {
            hash: app.keys.lookup("invitation", &secret),
            secret,
            role: terms.role,
            place: terms.place,
            until: terms.until,
            places: terms.places,
            expires_at: terms.until.map_or(latest, |until| until.min(latest)),
            created_by: by,
            created_at: now,
        }
    }

    /// What the QR holds; the secret stands behind #.
    pub(super) fn link(&self, app: &App) -> String {
        app.link(&format!("/app/join#invitation={}", self.secret))
    }
}

/// A sign-in to be: its secrets and ends, made before anybody is asked whose it is.
#[derive(Clone)]
pub(super) struct Session {
    pub(super) id: SignInId,
    pub(super) label: String,
    pub(super) refresh: Refresh,
    pub(super) now: Moment,
    pub(super) idle_until: Moment,
    pub(super) ends_at: Moment,
}

impl Session {
    /// A new one on the device that calls itself `label`.
    pub(super) fn new(app: &App, label: String) -> Self {
        let (now, settings) = (app.now(), &app.settings.accounts);
        Self {
            id: app.id(),
            label,
            refresh: Refresh::new(app),
            now,
            idle_until: now + TimeDelta::days(settings.idle_days),
            ends_at: now + TimeDelta::days(settings.absolute_days),
        }
    }
}

/// A refresh token: the client holds the secret, the database its keyed hash.
#[derive(Clone)]
pub(super) struct Refresh {
    pub(super) secret: String,
    pub(super) hash: String,
}

impl Refresh {
    /// 256 bits from chance.
    pub(super) fn new(app: &App) -> Self {
        Self::of(app, secret(app))
    }

    /// One that a client brought.
    pub(super) fn of(app: &App, secret: String) -> Self {
        Self {
            hash: app.keys.lookup("refresh", &secret),
            secret,
        }
    }
}

/// What a code is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CodePurpose {
    /// To come in.
    SignIn,
    /// To set a password.
    Password,
}

crate::text_column! {
    pub(super) CodePurpose {
        SignIn => "sign_in",
        Password => "password",
    }
}
