//! Gathering what the verdicts need: everybody who could be meant, a thousand at a time.
use crate::imports::model::Who;
use crate::imports::rules::entry::Entry;
use crate::imports::rules::judge::Facts;
use crate::imports::rules::likeness::{Card, Known};
use crate::imports::store::known::{self, Person, Scope};
use crate::platform::db::Conn;
use crate::platform::fold::fold;
use crate::platform::id::{OrganisationId, PersonId};
use diesel::QueryResult;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// What is known of everybody these rows could mean. Marks are looked up everywhere, so that whoever signed up alone
/// or said stop is known again; names only within the scope.
pub(super) fn gather(
    conn: &mut Conn,
    entries: &[&Entry],
    scope: &Scope,
    club: Option<OrganisationId>,
) -> QueryResult<Facts> {
    let mut asked = Asked::default();
    for entry in entries {
        asked.add(entry);
    }
    let [citizens, contacts, names] = [asked.citizens, asked.contacts, asked.names]
        .map(|set| set.into_iter().collect::<Vec<_>>());
    let mut persons: BTreeMap<PersonId, Person> = BTreeMap::new();
    let found = [
        known::by_citizen(conn, &citizens)?,
        known::by_contact(conn, &contacts)?,
        known::by_name(conn, &names, scope)?,
    ];
    for person in found.into_iter().flatten() {
        persons.insert(person.id, person);
    }
    let ids: Vec<PersonId> = persons.keys().copied().collect();
    let marks = known::contacts_of(conn, &ids)?;
    let (mut members, mut private) = (HashSet::new(), HashSet::new());
    if let Some(club) = club {
        members = known::members_of(conn, club, &ids)?;
        private = known::unshared(conn, &ids)?;
        private.retain(|person| !members.contains(person));
    }
    Ok(Facts {
        known: cards(persons, marks),
        members,
        private,
        gifts: known::gifts_of(conn, &ids)?,
        ..Facts::default()
    })
}

fn cards(persons: BTreeMap<PersonId, Person>, mut marks: HashMap<PersonId, Vec<String>>) -> Known {
    let mut known = Known::default();
    for person in persons.into_values() {
        known.add(Card {
            who: Who::Person(person.id),
            name: person.search_name,
            birth_date: person.birth_date,
            birth_year: None,
            citizen: person.citizen,
            contacts: marks.remove(&person.id).unwrap_or_default(),
        });
    }
    known
}

/// What is looked up, each once.
#[derive(Default)]
struct Asked {
    citizens: BTreeSet<String>,
    contacts: BTreeSet<String>,
    names: BTreeSet<String>,
}

impl Asked {
    fn add(&mut self, entry: &Entry) {
        self.citizens.extend(entry.citizen.clone());
        self.contacts.extend(entry.contacts.iter().cloned());
        if !entry.name.is_empty() {
            self.names.insert(fold(&entry.name));
        }
    }
}
