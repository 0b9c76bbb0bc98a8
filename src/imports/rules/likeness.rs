//! Whether a row tells of somebody known: by the mark of the identity card, by contact and name, by name and birth date.
use super::entry::Entry;
use crate::imports::model::Who;
use crate::platform::fold::fold;
use chrono::{Datelike, NaiveDate};
use std::collections::HashMap;

/// What is known of somebody, as far as it tells people apart.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::imports) struct Card {
    /// Somebody known, or an earlier row.
    pub(in crate::imports) who: Who,
    /// The folded name.
    pub(in crate::imports) name: String,
    pub(in crate::imports) birth_date: Option<NaiveDate>,
    pub(in crate::imports) birth_year: Option<i32>,
    /// The blind mark of the identity card.
    pub(in crate::imports) citizen: Option<String>,
    /// The blind marks of their contacts.
    pub(in crate::imports) contacts: Vec<String>,
}

impl Card {
    /// What a row says of somebody.
    pub(in crate::imports) fn of(number: i32, entry: &Entry) -> Self {
        Self {
            who: Who::Row(number),
            name: fold(&entry.name),
            birth_date: entry.birth_date,
            birth_year: entry.birth_year,
            citizen: entry.citizen.clone(),
            contacts: entry.contacts.clone(),
        }
    }

    fn year(&self) -> Option<i32> {
        self.birth_date.map(|day| day.year()).or(self.birth_year)
    }

    /// Nothing but a name.
    fn is_bare(&self) -> bool {
        self.year().is_none() && self.citizen.is_none() && self.contacts.is_empty()
    }
}

/// Whom a row tells of.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::imports) enum Match {
    /// Nobody known.
    Nobody,
    /// This one.
    One(Who),
    /// One of these, or somebody else: a person decides.
    Perhaps(Vec<Who>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Likeness {
    No,
    Perhaps,
    Yes,
}

/// Families share telephones, and many people share names: neither alone is enough.
fn likeness(one: &Card, other: &Card) -> Likeness {
    let is_same_name = one.name == other.name;
    let born = compare(one.birth_date.as_ref(), other.birth_date.as_ref());
    match compare(one.citizen.as_ref(), other.citizen.as_ref()) {
        Some(true) if is_same_name || born == Some(true) => return Likeness::Yes,
        Some(true) => return Likeness::Perhaps,
        Some(false) if is_same_name && born == Some(true) => return Likeness::Perhaps,
        Some(false) => return Likeness::No,
        None => {}
    }
    if is_same_name {
        alike_by_name(one, other)
    } else {
        Likeness::No
    }
}

/// Of two of the same name: what else speaks for or against.
fn alike_by_name(one: &Card, other: &Card) -> Likeness {
    let is_same_contact = one
        .contacts
        .iter()
        .any(|mark| other.contacts.contains(mark));
    let born = compare(one.birth_date.as_ref(), other.birth_date.as_ref());
    let year = compare(one.year().as_ref(), other.year().as_ref());
    let has_other_contact =
        !is_same_contact && !one.contacts.is_empty() && !other.contacts.is_empty();
    let is_bare = one.is_bare() || other.is_bare();
    if is_same_contact {
        let speaks_against = born == Some(false) || year == Some(false);
        return if speaks_against {
            Likeness::Perhaps
        } else {
            Likeness::Yes
        };
    }
    match born {
        Some(true) if has_other_contact => Likeness::Perhaps,
        Some(true) => Likeness::Yes,
        None if year != Some(false) && !has_other_contact && (year.is_some() || is_bare) => {
            Likeness::Perhaps
        }
        Some(false) | None => Likeness::No,
    }
}

/// None where one of them is not known.
fn compare<T: PartialEq>(one: Option<&T>, other: Option<&T>) -> Option<bool> {
    one.zip(other).map(|(one, other)| one == other)
}

/// Everyone known, findable by mark and by name.
#[derive(Debug, Default)]
pub(in crate::imports) struct Known {
    cards: Vec<Card>,
    by_mark: HashMap<String, Vec<usize>>,
    by_name: HashMap<String, Vec<usize>>,
}

impl Known {
    /// Adds somebody; once is enough.
    pub(in crate::imports) fn add(&mut self, card: Card) {
        let at = self.cards.len();
        for mark in card.contacts.iter().chain(&card.citizen) {
            self.by_mark.entry(mark.clone()).or_default().push(at);
        }
        self.by_name.entry(card.name.clone()).or_default().push(at);
        self.cards.push(card);
    }

    /// Whom this card means.
    pub(in crate::imports) fn find(&self, card: &Card) -> Match {
        let marks = card.contacts.iter().chain(&card.citizen);
        let found = marks.filter_map(|mark| self.by_mark.get(mark));
        let named = self.by_name.get(&card.name);
        let mut places: Vec<usize> = found.chain(named).flatten().copied().collect();
        places.sort_unstable();
        places.dedup();
        let alike = |wanted: Likeness| {
            let cards = places.iter().filter_map(|at| self.cards.get(*at));
            let mut who: Vec<Who> = cards
                .filter(|other| likeness(card, other) == wanted)
                .map(|other| other.who)
                .collect();
            who.sort_unstable();
            who.dedup();
            who
        };
        let (sure, perhaps) = (alike(Likeness::Yes), alike(Likeness::Perhaps));
        match (sure.as_slice(), perhaps.is_empty()) {
            ([one], _) => Match::One(*one),
            ([], true) => Match::Nobody,
            ([], false) => Match::Perhaps(perhaps),
            _ => Match::Perhaps(sure),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card(number: i32, name: &str, born: &str, phone: &str, citizen: &str) -> Card {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Card {
            who: Who::Row(number),
            name: fold(name),
            birth_date: born.parse().ok(),
            birth_year: born.parse().ok(),
            citizen: some(citizen),
            contacts: some(phone).into_iter().collect(),
        }
    }

    fn known() -> Known {
        let mut known = Known::default();
        known.add(card(1, "Lò Thị Mây", "1990-02-03", "p1", "c1"));
        known.add(card(2, "Vàng A Sử", "1985-01-01", "p2", ""));
        known.add(card(3, "Nguyễn Văn An", "", "", ""));
        known.add(card(4, "Nguyễn Thị Hoa", "1991-05-05", "p4", ""));
        known.add(card(5, "Nguyễn Thị Hoa", "1992-06-06", "p4", ""));
        known
    }

    fn found(name: &str, born: &str, phone: &str, citizen: &str) -> Match {
        known().find(&card(9, name, born, phone, citizen))
    }

    fn one(number: i32) -> Match {
        Match::One(Who::Row(number))
    }

    fn perhaps(numbers: &[i32]) -> Match {
        Match::Perhaps(numbers.iter().map(|number| Who::Row(*number)).collect())
    }

    #[test]
    fn the_card_the_telephone_with_the_name_or_the_birth_date_with_the_name_is_enough() {
        assert_eq!(found("LO THI MAY", "", "", "c1"), one(1));
        assert_eq!(found("Lo Thi May", "", "p1", ""), one(1));
        assert_eq!(found("lò thị mây", "1990-02-03", "", ""), one(1));
        assert_eq!(found("Vàng A Sử", "1985", "p2", ""), one(2));
    }

    #[test]
    fn families_share_telephones_and_many_share_names() {
        assert_eq!(found("Lò Văn Mưa", "1992-01-01", "p1", ""), Match::Nobody);
        assert_eq!(found("Vàng A Sử", "1999-09-09", "", ""), Match::Nobody);
        assert_eq!(found("Lò Thị Mây", "", "p9", ""), Match::Nobody);
    }

    #[test]
    fn what_speaks_for_and_against_is_for_a_person_to_decide() {
        assert_eq!(
            found("Trần Văn Khác", "1970-01-01", "", "c1"),
            perhaps(&[1])
        );
        assert_eq!(found("Lò Thị Mây", "1990-02-03", "", "c2"), perhaps(&[1]));
        assert_eq!(found("Lò Thị Mây", "1990-02-03", "p9", ""), perhaps(&[1]));
        assert_eq!(found("Vàng A Sử", "1999-09-09", "p2", ""), perhaps(&[2]));
        assert_eq!(found("Vàng A Sử", "1985", "", ""), perhaps(&[2]));
        assert_eq!(
            found("Nguyễn Văn An", "1990-01-01", "p7", ""),
            perhaps(&[3])
        );
        assert_eq!(found("Nguyễn Thị Hoa", "", "p4", ""), perhaps(&[4, 5]));
    }
}
