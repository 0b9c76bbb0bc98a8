//! Looking at what is private, and handing out ways in: written down in the same transaction.
use crate::accounts::model::{Act, Ticket};
use crate::accounts::notices::REVEALED;
use crate::accounts::rules::Refusal;
use crate::accounts::store::accesses::{Access, count_since, record_access};
use crate::accounts::store::{grants, tickets};
use crate::people::{self, ContactCard};
use crate::platform::App;
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::id::{AnyId, PersonId};
use crate::platform::notices::{self, NewNotice, NoticeId};
use crate::platform::problem::Problem;
use crate::platform::seal::Keys;
use chrono::TimeDelta;
use serde_json::json;

/// Keeps a one-time ticket and writes down who handed it out; the person's earlier unused tickets are worthless.
pub fn issue_ticket(conn: &mut Conn, id: AnyId, ticket: &Ticket) -> Result<(), Problem> {
    people::find(conn, ticket.person)?;
    if grants::is_staff(conn, ticket.person, ticket.created_at)? {
        return Err(Refusal::TicketForStaff.into());
    }
    let access = Access {
        id,
        actor: ticket.created_by,
        person: ticket.person,
        act: Act::TicketIssued,
        reason: None,
        at: ticket.created_at,
    };
    record_access(conn, &access)?;
    Ok(tickets::replace(conn, ticket)?)
}

/// A deliberate look at how a person is reached.
#[derive(Debug, Clone)]
pub struct Reveal {
    id: AnyId,
    notice: NoticeId,
    actor: PersonId,
    person: PersonId,
    reason: String,
    at: Moment,
    per_day: i64,
}

impl Reveal {
    /// By whom, of whom, why; ids, moment and limit come from `app`.
    pub fn new(app: &App, actor: PersonId, person: PersonId, reason: String) -> Self {
        Self {
            id: app.id(),
            notice: app.id(),
            actor,
            person,
            reason,
            at: app.now(),
            per_day: app.settings.accounts.reveals_per_day,
        }
    }
}

/// Shows a person's contacts, writes the look down and tells the person at once.
pub fn reveal(conn: &mut Conn, keys: &Keys, reveal: &Reveal) -> Result<Vec<ContactCard>, Problem> {
    people::find(conn, reveal.person)?;
    let since = reveal.at - TimeDelta::days(1);
    let before = count_since(conn, reveal.actor, Act::ContactRevealed, since)?;
    if before >= reveal.per_day {
        return Err(Refusal::TooManyReveals.into());
    }
    let access = Access {
        id: reveal.id,
        actor: reveal.actor,
        person: reveal.person,
        act: Act::ContactRevealed,
        reason: Some(reveal.reason.clone()),
        at: reveal.at,
    };
    record_access(conn, &access)?;
    notices::queue(conn, notice_of(reveal), reveal.at)?;
    Ok(people::contacts::list(conn, keys, reveal.person)?)
}

fn notice_of(reveal: &Reveal) -> NewNotice {
    NewNotice {
        id: reveal.notice,
        kind: REVEALED,
        person: reveal.person,
        about: reveal.id.to_string(),
        data: json!({}),
        secret: None,
        not_before: reveal.at,
        expires_at: reveal.at + TimeDelta::days(7),
    }
}
