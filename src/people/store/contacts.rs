//! Rows of contacts, and whether a person may be written to.
use crate::people::model::{ConsentSource, ContactKind, Giver, NewContact, given_name};
use crate::platform::app::Reaching;
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::db::schema::{consents, contacts, people};
use crate::platform::id::{AnyId, PersonId};
use crate::platform::language::Language;
use crate::platform::notices::{Address, Entry, Reach, Recipient};
use crate::platform::seal::{Keys, Sealed};
use diesel::prelude::*;
use std::collections::BTreeSet;

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

/// By what the contacts of each of these people are looked up.
pub fn lookups_of(conn: &mut Conn, people: &[PersonId]) -> QueryResult<Vec<(PersonId, String)>> {
    contacts::table
        .filter(contacts::person.eq_any(people))
        .select((contacts::person, contacts::lookup))
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

fn recipient(asked: &Reaching<'_>, name: &str, language: &str) -> Recipient {
    Recipient {
        language: Language::parse(language).unwrap_or_default(),
        given_name: given_name(name),
        zone: asked.zone,
    }
}

/// Where and in which language a person is written to, and what they agreed to; none when erased. An address nobody but
/// a club gave is used only with a paper the person signed.
pub fn reach(
    conn: &mut Conn,
    asked: &Reaching<'_>,
    person: PersonId,
) -> QueryResult<Option<Reach>> {
    let Some((name, language, claimed_at)) = people::table
        .find(person)
        .filter(people::erased_at.is_null())
        .select((people::name, people::language, people::claimed_at))
        .first::<(String, String, Option<Moment>)>(conn)
        .optional()?
    else {
        return Ok(None);
    };
    let (agreed, has_signed) = agreed(conn, person)?;
    let known = known(conn, asked.keys, person)?;
    let is_own = claimed_at.is_some() || known.iter().any(|known| known.is_theirs);
    let to = recipient(asked, &name, &language);
    let entry = match (is_own, has_signed) {
        (true, _) => Entry::Own,
        (false, true) => Entry::Signed,
        (false, false) => Entry::Listed,
    };
    let mut reach = Reach::new(to, entry, agreed);
    for known in known {
        match known.kind {
            _ if !known.is_theirs && !has_signed => reach.unused.push(known.address),
            ContactKind::Email => reach.email = Some(known.address),
            ContactKind::Phone => reach.phone = Some(known.address),
        }
    }
    Ok(Some(reach))
}

/// A contact, opened.
struct Known {
    kind: ContactKind,
    address: Address,
    /// Verified, or given by the person themself.
    is_theirs: bool,
}

fn known(conn: &mut Conn, keys: &Keys, person: PersonId) -> QueryResult<Vec<Known>> {
    let rows: Vec<(AnyId, ContactKind, String, String, bool)> = contacts::table
        .filter(contacts::person.eq(person))
        .select((
            contacts::id,
            contacts::kind,
            contacts::sealed,
            contacts::lookup,
            contacts::verified_at.is_not_null().or(contacts::is_own),
        ))
        .load(conn)?;
    let open = |(id, kind, sealed, lookup, is_theirs): (AnyId, _, String, String, bool)| {
        let value = keys
            .open(Sealed::new("contacts.sealed", id.0), &sealed)
            .ok()?;
        Some(Known {
            kind,
            address: Address { value, lookup },
            is_theirs,
        })
    };
    Ok(rows.into_iter().filter_map(open).collect())
}

/// Each purpose whose newest word is yes, and whether a paper was ever signed.
fn agreed(conn: &mut Conn, person: PersonId) -> QueryResult<(BTreeSet<String>, bool)> {
    let words: Vec<(String, bool, ConsentSource)> = consents::table
        .filter(consents::person.eq(person))
        .order((consents::given_at, consents::id))
        .select((consents::purpose, consents::is_granted, consents::source))
        .load(conn)?;
    let mut agreed = BTreeSet::new();
    let mut has_signed = false;
    for (purpose, is_granted, source) in words {
        has_signed |= is_granted && source == ConsentSource::Paper;
        if is_granted {
            agreed.insert(purpose);
        } else {
            agreed.remove(&purpose);
        }
    }
    Ok((agreed, has_signed))
}
