//! Opening a sign-in and keeping it alive.
use crate::accounts::model::{Refresh, Session};
use crate::accounts::rules::Refusal;
use crate::accounts::store::{credentials, grants, refresh, sign_ins, tickets};
use crate::people;
use crate::platform::App;
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::id::{PersonId, SignInId};
use crate::platform::problem::Problem;
use chrono::TimeDelta;
use diesel::QueryResult;

/// For so long a token that was just exchanged is a lost answer and no theft.
const GRACE: TimeDelta = TimeDelta::seconds(10);

/// Opens a sign-in with its first refresh token.
pub(crate) fn open(conn: &mut Conn, person: PersonId, session: &Session) -> QueryResult<()> {
    sign_ins::insert(conn, person, session)?;
    refresh::insert(conn, session.id, &session.refresh.hash, session.now)
}

/// A person whose password was right a moment ago.
#[derive(Debug)]
pub(crate) struct Proven {
    pub person: PersonId,
    /// The hash it was compared with.
    pub hash: String,
    /// What to keep instead, at today's cost.
    pub stronger: Option<String>,
}

/// Who has a password and this verified address, with the hash to compare.
pub(crate) fn find_account(
    conn: &mut Conn,
    lookup: &str,
) -> QueryResult<Option<(PersonId, String)>> {
    let known = people::contacts::with_lookup(conn, lookup)?;
    credentials::of_any(conn, &known)
}

/// Opens a sign-in for who gave the right password, unless it was changed in the meantime.
pub(crate) fn with_password(
    conn: &mut Conn,
    proven: &Proven,
    session: &Session,
) -> Result<(), Problem> {
    let keep = proven.stronger.as_ref().unwrap_or(&proven.hash);
    if !credentials::exchange(conn, proven.person, &proven.hash, keep)? {
        return Err(Refusal::WrongCredentials.into());
    }
    people::claim(conn, proven.person, session.now)?;
    Ok(open(conn, proven.person, session)?)
}

/// Uses a ticket up and opens a sign-in for whose it is.
pub(crate) fn with_ticket(
    conn: &mut Conn,
    hash: &str,
    session: &Session,
) -> Result<PersonId, Problem> {
    let person = tickets::use_up(conn, hash, session.now)?.ok_or(Refusal::WrongCode)?;
    people::find(conn, person)?;
    if grants::is_staff(conn, person, session.now)? {
        return Err(Refusal::TicketForStaff.into());
    }
    people::claim(conn, person, session.now)?;
    open(conn, person, session)?;
    Ok(person)
}

/// A refresh token that was brought back, and the one to give for it.
pub(crate) struct Exchange {
    pub old: Refresh,
    pub new: Refresh,
    pub now: Moment,
    pub idle_until: Moment,
}

impl Exchange {
    /// For what a client brought, at this moment.
    pub(crate) fn new(app: &App, brought: String) -> Self {
        let now = app.now();
        Self {
            old: Refresh::of(app, brought),
            new: Refresh::new(app),
            now,
            idle_until: now + TimeDelta::days(app.settings.accounts.idle_days),
        }
    }
}

/// What an exchange came to. Not a refusal: a sign-in that is ended here must stay ended.
#[derive(Debug)]
pub(crate) enum Exchanged {
    /// The new token counts, for this sign-in and epoch.
    For(PersonId, SignInId, i32),
    /// The old one was exchanged a moment ago: a lost answer, or a race.
    JustNow,
    /// The old one was exchanged before: somebody has a copy, so the sign-in is over.
    Copied(SignInId),
    /// Not a token of a living sign-in.
    Unknown,
}

/// Exchanges a refresh token; of many that race with the same one, one wins.
pub(crate) fn exchange(conn: &mut Conn, asked: &Exchange) -> QueryResult<Exchanged> {
    let Some(sign_in) = refresh::spend(conn, &asked.old.hash, asked.now)? else {
        return spent(conn, asked);
    };
    let times = (asked.now, asked.idle_until);
    let Some((person, epoch)) = sign_ins::renew(conn, sign_in, times)? else {
        return Ok(Exchanged::Unknown);
    };
    refresh::insert(conn, sign_in, &asked.new.hash, asked.now)?;
    Ok(Exchanged::For(person, sign_in, epoch))
}

fn spent(conn: &mut Conn, asked: &Exchange) -> QueryResult<Exchanged> {
    let Some(spent) = refresh::find_spent(conn, &asked.old.hash)? else {
        return Ok(Exchanged::Unknown);
    };
    if spent.is_predecessor && asked.now - spent.at <= GRACE {
        return Ok(Exchanged::JustNow);
    }
    sign_ins::revoke(conn, spent.sign_in, asked.now)?;
    Ok(Exchanged::Copied(spent.sign_in))
}
