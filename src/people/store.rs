//! Rows of people and how to reach them.
use crate::platform::db::Conn;
use crate::platform::db::schema::{contacts, people};
use crate::platform::id::{AnyId, PersonId};
use crate::platform::language::Language;
use crate::platform::notices::Recipient;
use crate::platform::seal::{Keys, Sealed};
use diesel::prelude::*;

/// Where and in which language a person is written to; none without an address, when erased, or when only listed.
pub fn recipient(conn: &mut Conn, keys: &Keys, person: PersonId) -> QueryResult<Option<Recipient>> {
    let row: Option<(AnyId, String, String, String)> = people::table
        .inner_join(contacts::table.on(contacts::person.eq(people::id)))
        .filter(people::id.eq(person))
        .filter(people::erased_at.is_null())
        .filter(contacts::kind.eq("email"))
        .select((
            contacts::id,
            contacts::sealed,
            people::name,
            people::language,
        ))
        .first(conn)
        .optional()?;
    let Some((contact, sealed, name, language)) = row else {
        return Ok(None);
    };
    let email = keys.open(Sealed::new("contacts.sealed", contact.0), &sealed);
    Ok(email.ok().map(|email| Recipient {
        email,
        language: Language::parse(&language).unwrap_or_default(),
        given_name: name
            .split_whitespace()
            .last()
            .unwrap_or_default()
            .to_owned(),
    }))
}
