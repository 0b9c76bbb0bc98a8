//! The verdict on each row: somebody new, somebody known, an earlier row, or a question for a person.
use super::entry::{Entry, ReadRow, Soundness};
use super::likeness::{Card, Known, Match};
use crate::blood::Component;
use crate::imports::model::{ImportKind, Verdict, Who};
use crate::platform::id::PersonId;
use crate::platform::language::keys;
use chrono::NaiveDate;
use std::collections::{HashMap, HashSet};

/// A donation as lists tell of it.
pub(in crate::imports) type Gift = (Component, NaiveDate);

/// Everything that bears on the verdicts.
#[derive(Debug, Default)]
pub(in crate::imports) struct Facts {
    /// Everyone who could be meant.
    pub(in crate::imports) known: Known,
    /// Who is on the club's list.
    pub(in crate::imports) members: HashSet<PersonId>,
    /// Who has an account of their own and has not agreed to be seen by clubs: no list puts them on itself.
    pub(in crate::imports) private: HashSet<PersonId>,
    /// What is known of their donations.
    pub(in crate::imports) gifts: HashMap<PersonId, Vec<Gift>>,
    /// Whose visit of the drive has its outcome.
    pub(in crate::imports) concluded: HashSet<PersonId>,
    /// Whom the same rows meant when the same file was applied before.
    pub(in crate::imports) before: HashMap<i32, PersonId>,
}

/// A row with its verdict.
#[derive(Debug, Clone)]
pub(in crate::imports) struct Judged {
    pub(in crate::imports) row: ReadRow,
    pub(in crate::imports) verdict: Verdict,
    /// Whom it means, where that is sure.
    pub(in crate::imports) who: Option<Who>,
    /// Whom it could mean, where it is not.
    pub(in crate::imports) candidates: Vec<Who>,
}

/// Judges every row, in their order.
pub(in crate::imports) fn judge_all(
    kind: ImportKind,
    rows: Vec<ReadRow>,
    facts: Facts,
) -> Vec<Judged> {
    let mut judge = Judge {
        kind,
        facts,
        told: HashSet::new(),
    };
    rows.into_iter().map(|row| judge.judge(row)).collect()
}

struct Judge {
    kind: ImportKind,
    facts: Facts,
    /// Donations that earlier rows told of.
    told: HashSet<(Who, Gift)>,
}

impl Judge {
    fn judge(&mut self, mut row: ReadRow) -> Judged {
        let (mut verdict, mut who, candidates) = self.decide(&row);
        if who
            .iter()
            .chain(&candidates)
            .any(|who| self.is_private(*who))
        {
            row.remarks.push(keys::IMPORT_PRIVATE.into());
        }
        if who.is_some_and(|who| self.is_private(who)) {
            (verdict, who) = (Verdict::Problem, None);
        }
        Judged {
            row,
            verdict,
            who,
            candidates,
        }
    }

    fn is_private(&self, who: Who) -> bool {
        matches!(who, Who::Person(person) if self.facts.private.contains(&person))
    }

    fn decide(&mut self, row: &ReadRow) -> (Verdict, Option<Who>, Vec<Who>) {
        if row.soundness == Soundness::Wrong {
            return (Verdict::Problem, None, Vec::new());
        }
        if let Some(person) = self.facts.before.get(&row.number) {
            return (Verdict::There, Some(Who::Person(*person)), Vec::new());
        }
        let card = Card::of(row.number, &row.entry);
        match self.facts.known.find(&card) {
            Match::One(who) => self.meant(row, who),
            Match::Perhaps(candidates) => (Verdict::Unsure, None, candidates),
            Match::Nobody => {
                self.facts.known.add(card);
                self.told
                    .extend(row.entry.gift().map(|gift| (Who::Row(row.number), gift)));
                let verdict = doubt(row).unwrap_or(Verdict::New);
                (verdict, None, Vec::new())
            }
        }
    }

    fn meant(&mut self, row: &ReadRow, who: Who) -> (Verdict, Option<Who>, Vec<Who>) {
        if !self.is_news(&row.entry, who) {
            let verdict = match who {
                Who::Person(_) => Verdict::There,
                Who::Row(_) => Verdict::Repeated,
            };
            return (verdict, Some(who), Vec::new());
        }
        if doubt(row).is_some() {
            return (Verdict::Unsure, None, vec![who]);
        }
        (Verdict::Same, Some(who), Vec::new())
    }

    /// Whether the row tells something of them that is not known yet.
    fn is_news(&mut self, entry: &Entry, who: Who) -> bool {
        let is_new_gift = entry.gift().is_some_and(|gift| {
            let is_known = match who {
                Who::Person(person) => {
                    let gifts = self.facts.gifts.get(&person);
                    gifts.is_some_and(|gifts| gifts.contains(&gift))
                }
                Who::Row(_) => false,
            };
            self.told.insert((who, gift)) && !is_known
        });
        match (self.kind, who) {
            (ImportKind::Results, Who::Person(person)) => !self.facts.concluded.contains(&person),
            (ImportKind::Results | ImportKind::Roster, Who::Row(_)) => false,
            (ImportKind::History, Who::Row(_)) => is_new_gift,
            (_, Who::Person(person)) => is_new_gift || !self.facts.members.contains(&person),
        }
    }
}

fn doubt(row: &ReadRow) -> Option<Verdict> {
    (row.soundness == Soundness::Doubtful).then_some(Verdict::Unsure)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(number: i32, name: &str, phone: &str, given_on: &str) -> ReadRow {
        ReadRow {
            number,
            entry: Entry {
                name: name.to_owned(),
                contacts: vec![phone.to_owned()],
                given_on: given_on.parse().ok(),
                ..Entry::default()
            },
            remarks: Vec::new(),
            soundness: Soundness::Sound,
        }
    }

    fn verdicts(kind: ImportKind, rows: Vec<ReadRow>) -> Vec<(Verdict, Option<Who>)> {
        let judged = judge_all(kind, rows, Facts::default());
        judged
            .into_iter()
            .map(|one| (one.verdict, one.who))
            .collect()
    }

    #[test]
    fn a_row_that_comes_twice_is_taken_once() {
        let rows = || {
            vec![
                row(2, "Lò Thị Mây", "p1", "2026-01-01"),
                row(3, "Vàng A Sử", "p1", ""),
                row(4, "LO THI MAY", "p1", "2026-02-02"),
                row(5, "lo thi may", "p1", "2026-01-01"),
            ]
        };
        let first = Some(Who::Row(2));
        assert_eq!(
            verdicts(ImportKind::Roster, rows()),
            [
                (Verdict::New, None),
                (Verdict::New, None),
                (Verdict::Repeated, first),
                (Verdict::Repeated, first)
            ]
        );
        assert_eq!(
            verdicts(ImportKind::History, rows()),
            [
                (Verdict::New, None),
                (Verdict::New, None),
                (Verdict::Same, first),
                (Verdict::Repeated, first)
            ]
        );
    }

    #[test]
    fn what_was_applied_before_is_there() {
        let person = PersonId(uuid::Uuid::from_u128(7));
        let facts = Facts {
            before: [(2, person)].into(),
            ..Facts::default()
        };
        let judged = judge_all(
            ImportKind::Roster,
            vec![row(2, "Lò Thị Mây", "p1", "")],
            facts,
        );
        assert_eq!(judged[0].verdict, Verdict::There);
        assert_eq!(judged[0].who, Some(Who::Person(person)));
    }
}
