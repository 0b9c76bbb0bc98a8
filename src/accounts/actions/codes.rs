//! Six-digit codes: sent to a contact, good once, dead after a few tries.
use crate::accounts::model::{CodePurpose, Session};
use crate::accounts::notices::{PASSWORD, SIGN_IN};
use crate::accounts::rules::Code;
use crate::accounts::store::{codes, credentials, sign_ins};
use crate::people::{self, Contact};
use crate::platform::App;
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::id::{AnyId, PersonId};
use crate::platform::notices::{self, NewNotice, NoticeId};
use crate::platform::seal::{Keys, Sealed};
use chrono::TimeDelta;
use diesel::QueryResult;
use serde_json::json;
use subtle::ConstantTimeEq;
use uuid::Uuid;

/// A code on its way to a contact.
pub(crate) struct Sending {
    row: codes::NewCode,
    notice: NoticeId,
    secret: String,
    per_hour: i64,
}

impl Sending {
    /// A new code; asks `app` for chance, keys and the moment.
    pub(crate) fn new(app: &App, contact: &Contact, purpose: CodePurpose) -> Self {
        let code = Code::random(app.chance.bytes());
        let (id, notice, now): (AnyId, NoticeId, _) = (app.id(), app.id(), app.now());
        let said = json!({ "code": code.as_str(), "to": contact.as_str() }).to_string();
        let place = Sealed::new("notices.secret", notice.0);
        Self {
            row: codes::NewCode {
                id,
                lookup: contact.lookup(&app.keys),
                purpose,
                code_hash: hash(&app.keys, id, &code),
                tries: 0,
                expires_at: now + TimeDelta::minutes(app.settings.accounts.code_minutes),
                created_at: now,
            },
            notice,
            secret: app.keys.seal(place, &said, &mut app.rng()),
            per_hour: app.settings.accounts.codes_per_hour,
        }
    }
}

fn hash(keys: &Keys, id: AnyId, code: &Code) -> String {
    keys.lookup("code", &format!("{id} {}", code.as_str()))
}

/// Keeps a code and lets it go out. Whether the contact is known changes neither the answer nor the work: a code for
/// nobody is kept too, and its notice is dropped when it is about to leave.
pub(crate) fn send(conn: &mut Conn, sending: Sending) -> QueryResult<()> {
    let (row, now) = (&sending.row, sending.row.created_at);
    let known = people::contacts::with_lookup(conn, &row.lookup)?;
    let before = codes::count_since(conn, &row.lookup, now - TimeDelta::hours(1))?;
    if before >= sending.per_hour {
        return Ok(());
    }
    codes::insert(conn, row)?;
    let reader = known.first();
    let notice = NewNotice {
        id: sending.notice,
        kind: match row.purpose {
            CodePurpose::SignIn => SIGN_IN,
            CodePurpose::Password => PASSWORD,
        },
        person: reader.copied().unwrap_or(PersonId(Uuid::nil())),
        about: row.id.to_string(),
        data: json!({}),
        secret: Some(sending.secret),
        not_before: now,
        expires_at: row.expires_at,
    };
    notices::queue(conn, notice, now).map(drop)
}

/// A code that came back.
#[derive(Debug, Clone)]
pub(crate) struct Attempt {
    pub lookup: String,
    pub code: Code,
    pub purpose: CodePurpose,
    /// Whose, where the contact belongs to several.
    pub person: Option<PersonId>,
    pub tries: i32,
    pub now: Moment,
}

impl Attempt {
    /// What somebody typed, at this moment.
    pub(crate) fn new(app: &App, contact: &Contact, code: Code, purpose: CodePurpose) -> Self {
        Self {
            lookup: contact.lookup(&app.keys),
            code,
            purpose,
            person: None,
            tries: app.settings.accounts.code_tries,
            now: app.now(),
        }
    }
}

/// What a code that came back is worth. Not a refusal: the try it cost must stay counted.
#[derive(Debug)]
pub(crate) enum Redeemed {
    /// It was right, and is used up; the contact is verified and the entry claimed.
    For(PersonId),
    /// It was right, but the contact belongs to several people; still good.
    Several(Vec<(PersonId, String)>),
    /// It was wrong, used, dead or too old.
    Wrong,
}

/// Tries a code.
pub(crate) fn redeem(conn: &mut Conn, keys: &Keys, attempt: &Attempt) -> QueryResult<Redeemed> {
    let which = (attempt.lookup.as_str(), attempt.purpose);
    let Some((id, kept)) = codes::take_try(conn, which, attempt.tries, attempt.now)? else {
        return Ok(Redeemed::Wrong);
    };
    let given = hash(keys, id, &attempt.code);
    if !bool::from(given.as_bytes().ct_eq(kept.as_bytes())) {
        return Ok(Redeemed::Wrong);
    }
    let known = people::contacts::with_lookup(conn, &attempt.lookup)?;
    let person = match (attempt.person, known.as_slice()) {
        (None, [only]) => *only,
        (Some(chosen), _) if known.contains(&chosen) => chosen,
        (None, [_, _, ..]) => return Ok(Redeemed::Several(people::given_names(conn, &known)?)),
        _ => return Ok(Redeemed::Wrong),
    };
    if !codes::use_up(conn, id, attempt.now)? {
        return Ok(Redeemed::Wrong);
    }
    people::contacts::verify(conn, person, &attempt.lookup, attempt.now)?;
    notices::stops::revive(conn, &attempt.lookup)?;
    people::claim(conn, person, attempt.now)?;
    Ok(Redeemed::For(person))
}

/// Tries a code and opens a sign-in with it.
pub(crate) fn come_in(
    conn: &mut Conn,
    keys: &Keys,
    attempt: &Attempt,
    session: &Session,
) -> QueryResult<Redeemed> {
    let redeemed = redeem(conn, keys, attempt)?;
    if let Redeemed::For(person) = &redeemed {
        super::coming_in::open(conn, *person, session)?;
    }
    Ok(redeemed)
}

/// Tries a code and sets a password with it; every sign-in of the person ends.
pub(crate) fn set_password(
    conn: &mut Conn,
    keys: &Keys,
    attempt: &Attempt,
    password_hash: &str,
) -> QueryResult<Redeemed> {
    let redeemed = redeem(conn, keys, attempt)?;
    if let Redeemed::For(person) = &redeemed {
        credentials::set(conn, *person, password_hash, attempt.now)?;
        sign_ins::end_all(conn, *person, attempt.now)?;
    }
    Ok(redeemed)
}
