//! What coming in depends on, and what a role may hand on.
mod passwords;
mod roles;
mod ways;

pub(super) use passwords::Password;
pub(super) use roles::may_hand_on;
pub(super) use ways::{Code, Given, Reset, Way};

/// Why somebody does not come in, or may not do this.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// No account has this address and this password.
    #[error("no account has this address and this password")]
    WrongCredentials,
    /// The code or ticket is wrong, used, dead or too old.
    #[error("the code or ticket does not let in")]
    WrongCode,
    /// The refresh token is of no sign-in that lives.
    #[error("the sign-in is over")]
    SessionOver,
    /// Another request of the same client refreshed a moment ago.
    #[error("the token was exchanged a moment ago")]
    JustRefreshed,
    /// A cookie came with a request of another site.
    #[error("the request comes from another site")]
    ForeignOrigin,
    /// What is asked needs a sign-in of the last minutes.
    #[error("this needs a fresh sign-in")]
    StaleSignIn,
    /// Reveals are counted, so that nobody reads out the whole list.
    #[error("this account has revealed as many contacts today as it may")]
    TooManyReveals,
    /// Whoever hands out the ticket could act with the other's role.
    #[error("one-time tickets are for donors, not for people with a role")]
    TicketForStaff,
    /// Nobody hands on more than they hold.
    #[error("this role stands above the caller's own")]
    RoleAboveOwn,
    /// Without an administrator nobody could give roles any more.
    #[error("the last administrator stays")]
    LastAdmin,
    /// The invitation is unknown, used up or too old.
    #[error("the invitation is over")]
    InvitationOver,
}
