//! What accounts write to people: that somebody looked, and codes.
use crate::platform::db::Conn;
use crate::platform::language::{Phrase, keys, say};
use crate::platform::notices::{Composed, Composing, Kinds, Letter, Notice};
use crate::platform::problem::Problem;

/// Adds what accounts may write.
pub fn notices(kinds: Kinds) -> Kinds {
    kinds.with("contact-revealed", tell_of_look)
}

fn tell_of_look(_: &mut Conn, composing: &Composing<'_>, _: &Notice) -> Result<Composed, Problem> {
    let site = &composing.settings.site;
    let text = Phrase::new(keys::MAIL_CONTACT_REVEALED_TEXT)
        .with("name", composing.to.given_name.clone())
        .with("site", site.name.clone())
        .with("link", format!("{}/me/accesses", site.public_url));
    Ok(Composed::Send(Letter {
        subject: say(
            composing.to.language,
            &keys::MAIL_CONTACT_REVEALED_SUBJECT.into(),
        ),
        text: say(composing.to.language, &text),
        ..Letter::default()
    }))
}
