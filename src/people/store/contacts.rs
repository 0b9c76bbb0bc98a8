//! Rows of contacts, and whether a person may be written to.
use crate::people::model::{ContactKind, Giver, NewContact, given_name};
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::db::schema::{consents, contacts, people};
use crate::platform::id::{AnyId, PersonId};
use crate::platform::language::Language;
use crate::platform::notices::Recipient;
use crate::platform::seal::{Keys, Sealed};
use diesel::prelude::*;

/// A contact, opened.
#[derive(Clone)]
pub struct ContactCard {
    /// Mail or telephone.
    pub kind: ContactKind,
    /// The address or number itself.
    pub value: String,
    /// Since when a code sent to it came back.
    pub verified_at: Option<Moment>,
}

/// Keeps a contact in place of the one of its kind.
pub fn put(
    conn: &mut Conn,
    person: PersonId,
    contact: &NewContact,
    now: Moment,
) -> QueryResult<()> {
    let old = contacts::table
        .filter(contacts::person.eq(person))
        .filter(contacts::kind.eq(contact.kind));
    diesel::delete(old).execute(conn)?;
    diesel::insert_into(contacts::table)
        .values((
            contacts::id.eq(contact.id),
            contacts::person.eq(person),
            contacts::kind.eq(contact.kind),
            contacts::sealed.eq(&contact.sealed),
            contacts::lookup.eq(&contact.lookup),
            contacts::is_own.eq(contact.giver == Giver::Themself),
            contacts::created_at.eq(now),
        ))
        .execute(conn)
        .map(drop)
}

/// How a person is reached, opened; one that does not open is left out.
pub fn list(conn: &mut Conn, keys: &Keys, person: PersonId) -> QueryResult<Vec<ContactCard>> {
    let rows: Vec<(AnyId, ContactKind, String, Option<Moment>)> = contacts::table
        .filter(contacts::person.eq(person))
        .order(contacts::kind)
        .select((
            contacts::id,
            contacts::kind,
            contacts::sealed,
            contacts::verified_at,
        ))
        .load(conn)?;
    let open = |(id, kind, sealed, verified_at): (AnyId, _, String, _)| {
        let value = keys
            .open(Sealed::new("contacts.sealed", id.0), &sealed)
            .ok()?;
        Some(ContactCard {
            kind,
            value,
            verified_at,
        })
    };
    Ok(rows.into_iter().filter_map(open).collect())
}

/// By what a person's contacts are looked up.
pub fn lookups(conn: &mut Conn, person: PersonId) -> QueryResult<Vec<String>> {
    contacts::table
        .filter(contacts::person.eq(person))
        .select(contacts::lookup)
        .load(conn)
}

/// Everyone a contact may sign in: it is verified, or they gave it themself. In order of id, at most 20.
pub fn with_lookup(conn: &mut Conn, lookup: &str) -> QueryResult<Vec<PersonId>> {
    contacts::table
        .inner_join(people::table.on(people::id.eq(contacts::person)))
        .filter(contacts::lookup.eq(lookup))
        .filter(contacts::verified_at.is_not_null().or(contacts::is_own))
        .filter(people::erased_at.is_null())
        .order(contacts::person)
        .limit(20)
        .select(contacts::person)
        .load(conn)
}

/// Notes that a code sent to this contact came back from this person.
pub fn verify(conn: &mut Conn, person: PersonId, lookup: &str, now: Moment) -> QueryResult<()> {
    let contact = contacts::table
        .filter(contacts::person.eq(person))
        .filter(contacts::lookup.eq(lookup))
        .filter(contacts::verified_at.is_null());
    diesel::update(contact)
        .set(contacts::verified_at.eq(Some(now)))
        .execute(conn)
        .map(drop)
}

/// Where and in which language a person is written to. None without an address, when erased, and for who was only
/// listed by somebody else, unless their paper consent is recorded.
pub fn recipient(conn: &mut Conn, keys: &Keys, person: PersonId) -> QueryResult<Option<Recipient>> {
    let signed = diesel::dsl::exists(
        consents::table
            .filter(consents::person.eq(person))
            .filter(consents::source.eq("paper"))
            .filter(consents::is_granted),
    );
    let is_asked = contacts::verified_at.is_not_null();
    let row: Option<(AnyId, String, String, String)> = people::table
        .inner_join(contacts::table.on(contacts::person.eq(people::id)))
        .filter(people::id.eq(person))
        .filter(people::erased_at.is_null())
        .filter(contacts::kind.eq(ContactKind::Email))
        .filter(is_asked.or(contacts::is_own).or(signed))
        .select((
            contacts::id,
            contacts::sealed,
            people::name,
            people::language,
        ))
        .first(conn)
        .optional()?;
    Ok(row.and_then(|(id, sealed, name, language)| {
        Some(Recipient {
            email: keys
                .open(Sealed::new("contacts.sealed", id.0), &sealed)
                .ok()?,
            language: Language::parse(&language).unwrap_or_default(),
            given_name: given_name(&name),
        })
    }))
}
