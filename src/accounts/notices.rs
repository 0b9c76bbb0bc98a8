//! What accounts write to people: codes, that somebody looked, that an address was replaced.
use crate::platform::db::Conn;
use crate::platform::language::{Key, Phrase, keys, say};
use crate::platform::notices::{
    Composed, Composing, Kinds, Letter, Notice, NoticeKind, Purpose, Short,
};
use crate::platform::problem::Problem;
use crate::platform::seal::Sealed;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Somebody looked at how a person is reached.
pub(super) const REVEALED: NoticeKind = NoticeKind::named("contact-revealed", Purpose::Account);
/// A mail address took the place of this one.
pub(super) const CHANGED: NoticeKind = NoticeKind::named("contact-changed", Purpose::Account);
/// Six digits to come in with.
pub(super) const SIGN_IN: NoticeKind = NoticeKind::named("sign-in-code", Purpose::Code);
/// Six digits to set a password with.
pub(super) const PASSWORD: NoticeKind = NoticeKind::named("password-code", Purpose::Code);

/// Adds what accounts may write.
pub fn notices(kinds: Kinds) -> Kinds {
    kinds
        .with(REVEALED, tell_of_look)
        .with(CHANGED, tell_of_change)
        .with(SIGN_IN, send_code)
        .with(PASSWORD, send_password_code)
}

/// What lies sealed beside a notice: where it goes, and the code if it carries one.
#[derive(Deserialize)]
struct Secret {
    to: String,
    #[serde(default)]
    code: String,
}

fn secret(composing: &Composing<'_>, notice: &Notice) -> Option<Secret> {
    let sealed = notice.secret.as_deref()?;
    let place = Sealed::new("notices.secret", notice.id.0);
    serde_json::from_str(&composing.keys.open(place, sealed).ok()?).ok()
}

fn letter(composing: &Composing<'_>, subject: Key, text: Key, code: &str) -> Letter {
    let (site, language) = (&composing.settings.site, composing.to.language);
    let filled = |key| {
        let phrase = Phrase::new(key)
            .with("name", composing.to.given_name.clone())
            .with("site", site.name.clone())
            .with("link", format!("{}/app/me/accesses", site.public_url))
            .with("minutes", composing.settings.accounts.code_minutes)
            .with("code", code);
        say(language, &phrase)
    };
    Letter {
        subject: filled(subject),
        text: filled(text),
        ..Letter::default()
    }
}

#[expect(clippy::unnecessary_wraps, reason = "other kinds of notice can fail")]
fn tell_of_look(_: &mut Conn, composing: &Composing<'_>, _: &Notice) -> Result<Composed, Problem> {
    let (subject, text) = (
        keys::MAIL_CONTACT_REVEALED_SUBJECT,
        keys::MAIL_CONTACT_REVEALED_TEXT,
    );
    let letter = letter(composing, subject, text, "");
    let link = format!("{}/app/me/accesses", composing.settings.site.public_url);
    Ok(Composed::Send(Letter {
        short: Some(Short::new(&letter.subject, "", Some(link))),
        ..letter
    }))
}

#[expect(clippy::unnecessary_wraps, reason = "other kinds of notice can fail")]
fn tell_of_change(
    _: &mut Conn,
    composing: &Composing<'_>,
    notice: &Notice,
) -> Result<Composed, Problem> {
    let (subject, text) = (
        keys::MAIL_CONTACT_CHANGED_SUBJECT,
        keys::MAIL_CONTACT_CHANGED_TEXT,
    );
    Ok(to_sealed(composing, notice, (subject, text)))
}

#[expect(clippy::unnecessary_wraps, reason = "other kinds of notice can fail")]
fn send_code(
    _: &mut Conn,
    composing: &Composing<'_>,
    notice: &Notice,
) -> Result<Composed, Problem> {
    let words = (
        keys::MAIL_SIGN_IN_CODE_SUBJECT,
        keys::MAIL_SIGN_IN_CODE_TEXT,
    );
    Ok(to_sealed(composing, notice, words))
}

#[expect(clippy::unnecessary_wraps, reason = "other kinds of notice can fail")]
fn send_password_code(
    _: &mut Conn,
    composing: &Composing<'_>,
    notice: &Notice,
) -> Result<Composed, Problem> {
    let words = (
        keys::MAIL_PASSWORD_CODE_SUBJECT,
        keys::MAIL_PASSWORD_CODE_TEXT,
    );
    Ok(to_sealed(composing, notice, words))
}

/// A letter to the address that lies sealed beside the notice, whatever the person's present one is.
fn to_sealed(composing: &Composing<'_>, notice: &Notice, (subject, text): (Key, Key)) -> Composed {
    let Some(secret) = secret(composing, notice) else {
        return Composed::Drop("its secret does not open");
    };
    let letter = letter(composing, subject, text, &secret.code);
    Composed::Send(Letter {
        data: BTreeMap::from([
            ("code", secret.code),
            (
                "minutes",
                composing.settings.accounts.code_minutes.to_string(),
            ),
        ]),
        to: Some(secret.to),
        ..letter
    })
}
