//! Replacing how one is reached: only freshly signed in, and the old address is told.
use crate::accounts::notices::CHANGED;
use crate::accounts::rules::Refusal;
use crate::accounts::store::sign_ins;
use crate::people::{self, Contact, ContactCard, ContactKind, Giver, NewContact};
use crate::platform::App;
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::http::Caller;
use crate::platform::id::{PersonId, SignInId};
use crate::platform::notices::{self, NewNotice, NoticeId};
use crate::platform::problem::Problem;
use crate::platform::seal::{Keys, Sealed};
use chrono::TimeDelta;
use rand::rngs::StdRng;
use serde_json::json;

/// For so long a sign-in counts as fresh.
const FRESH: TimeDelta = TimeDelta::minutes(15);

/// A contact that takes the place of the one of its kind.
pub(crate) struct Replacement {
    person: PersonId,
    sign_in: SignInId,
    kind: ContactKind,
    value: String,
    new: NewContact,
    notice: NoticeId,
    rng: StdRng,
    now: Moment,
}

impl Replacement {
    /// The caller's own, at this moment.
    pub(crate) fn new(app: &App, caller: &Caller, contact: &Contact) -> Self {
        Self {
            person: caller.person(),
            sign_in: caller.sign_in(),
            kind: contact.kind(),
            value: contact.as_str().to_owned(),
            new: people::contact(app, contact, Giver::Themself),
            notice: app.id(),
            rng: app.rng(),
            now: app.now(),
        }
    }
}

/// Puts the new contact in place of the old one and tells the old mail address.
pub(crate) fn replace(
    conn: &mut Conn,
    keys: &Keys,
    mut replacement: Replacement,
) -> Result<(), Problem> {
    let (person, now) = (replacement.person, replacement.now);
    if now - sign_ins::began(conn, replacement.sign_in)? > FRESH {
        return Err(Refusal::StaleSignIn.into());
    }
    let before = people::contacts::list(conn, keys, person)?;
    let is_same = |old: &ContactCard| old.value == replacement.value && old.verified_at.is_some();
    if before.iter().any(is_same) {
        return Ok(());
    }
    people::contacts::put(conn, person, &replacement.new, now)?;
    let told = before.into_iter().find(|old| {
        old.kind == ContactKind::Email
            && replacement.kind == ContactKind::Email
            && old.verified_at.is_some()
    });
    if let Some(old) = told {
        let notice = notice(keys, &mut replacement, &old.value);
        notices::queue(conn, notice, now)?;
    }
    Ok(())
}

fn notice(keys: &Keys, replacement: &mut Replacement, old: &str) -> NewNotice {
    let (id, now) = (replacement.notice, replacement.now);
    let said = json!({ "to": old }).to_string();
    NewNotice {
        id,
        kind: CHANGED,
        person: replacement.person,
        about: id.to_string(),
        data: json!({}),
        secret: Some(keys.seal(
            Sealed::new("notices.secret", id.0),
            &said,
            &mut replacement.rng,
        )),
        not_before: now,
        expires_at: now + TimeDelta::days(7),
    }
}
