//! Signing in and out, roles, and who looked at whom, over HTTP.
mod checks;
mod client;
mod codes;
mod coming_in;
mod invitations;
mod looks;
mod messages;
mod own_roles;
mod queries;
mod queues;
mod reached;
mod receipts;
mod roles;
mod sign_ins;
mod spoken;
mod wishes;

pub use checks::pages;

use super::rules::Refusal;
use crate::platform::http::Routes;
use crate::platform::problem::{Kind, Problem};

const WRONG_CREDENTIALS: Kind = Kind::new("wrong-credentials", 401);
const WRONG_CODE: Kind = Kind::new("wrong-code", 401);
const CHOOSE_PERSON: Kind = Kind::new("choose-person", 409);
const SESSION_OVER: Kind = Kind::new("session-over", 401);
const JUST_REFRESHED: Kind = Kind::new("just-refreshed", 409);
const FOREIGN_ORIGIN: Kind = Kind::new("foreign-origin", 403);
const STALE_SIGN_IN: Kind = Kind::new("stale-sign-in", 403);
const TOO_MANY_REVEALS: Kind = Kind::new("too-many-reveals", 429);
const TICKET_FOR_STAFF: Kind = Kind::new("ticket-for-staff", 409);
const ROLE_ABOVE_OWN: Kind = Kind::new("role-above-own", 403);
const LAST_ADMIN: Kind = Kind::new("last-admin", 409);
const INVITATION_OVER: Kind = Kind::new("invitation-over", 409);

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        let kind = match refusal {
            Refusal::WrongCredentials => &WRONG_CREDENTIALS,
            Refusal::WrongCode => &WRONG_CODE,
            Refusal::SessionOver => &SESSION_OVER,
            Refusal::JustRefreshed => return Self::from(&JUST_REFRESHED).retry_after(1),
            Refusal::ForeignOrigin => &FOREIGN_ORIGIN,
            Refusal::StaleSignIn => &STALE_SIGN_IN,
            Refusal::TooManyReveals => return Self::from(&TOO_MANY_REVEALS).retry_after(3600),
            Refusal::TicketForStaff => &TICKET_FOR_STAFF,
            Refusal::RoleAboveOwn => &ROLE_ABOVE_OWN,
            Refusal::LastAdmin => &LAST_ADMIN,
            Refusal::InvitationOver => &INVITATION_OVER,
        };
        kind.into()
    }
}

/// The operations of accounts.
pub fn routes(config: &mut Routes<'_, '_>) {
    config
        .service(coming_in::sign_in)
        .service(coming_in::refresh_sign_in)
        .service(sign_ins::list_sign_ins)
        .service(sign_ins::sign_out)
        .service(codes::send_code)
        .service(codes::reset_password)
        .service(codes::change_contact)
        .service(looks::list_accesses)
        .configure(messages)
        .service(spoken::list_spoken_codes)
        .service(queues::list_dead_notices)
        .service(queues::retry_notice)
        .service(queues::list_notice_changes)
        .service(queues::list_dead_jobs)
        .service(queues::retry_job)
        .service(own_roles::list_own_grants)
        .service(roles::list_grants)
        .service(roles::give_role)
        .service(roles::take_role)
        .service(invitations::invite)
        .service(invitations::join);
}

/// What is sent to people, and how they want it.
fn messages(config: &mut Routes<'_, '_>) {
    config
        .service(messages::list_messages)
        .service(messages::count_unread)
        .service(messages::read_messages)
        .service(checks::check_message)
        .service(receipts::take_receipts)
        .service(reached::show_push_key)
        .service(reached::list_subscriptions)
        .service(reached::put_subscription)
        .service(reached::remove_subscription)
        .service(wishes::show_wishes)
        .service(wishes::put_wishes);
}
