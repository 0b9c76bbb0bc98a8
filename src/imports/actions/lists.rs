//! What a roster or a history makes: people, places on the club's list, donations that move the day one may give again.
use super::{Reach, facts, newcomer, open};
use crate::donors::joining::{self, Newly, TakenIn};
use crate::donors::model::{Gift, GiftId, GiftSource};
use crate::eligibility::find_rules;
use crate::imports::model::{ImportId, Who};
use crate::imports::rules::deciding::Step;
use crate::imports::rules::entry::Entry;
use crate::imports::rules::judge::Facts;
use crate::imports::rules::likeness::{Card, Match};
use crate::imports::store::known::Scope;
use crate::imports::store::made::{self, Made};
use crate::imports::store::rows::{self, Row};
use crate::people::batch::Newcomer;
use crate::people::{self, ConsentChange, ConsentSource, Purpose};
use crate::platform::App;
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::id::{AnyId, OrganisationId, PersonId};
use crate::platform::problem::Problem;
use std::collections::{BTreeMap, HashMap};

/// Rows that are opened at once: the longest list takes little more memory than a short one.
const AT_ONCE: i64 = 5_000;

/// Applies a roster or a history, part by part.
pub(super) fn apply(
    conn: &mut Conn,
    app: &App,
    whose: (&Reach, OrganisationId, Moment),
    id: ImportId,
) -> Result<(), Problem> {
    let (mut meant, mut after) = (HashMap::new(), None);
    loop {
        let part = rows::list(conn, id, None, (after, AT_ONCE))?;
        let Some(last) = part.last() else {
            return Ok(());
        };
        after = Some(last.number);
        meant = apply_part(conn, app, whose, (&part, meant))?;
    }
}

/// Answers whom the rows so far meant.
fn apply_part(
    conn: &mut Conn,
    app: &App,
    (reach, club, now): (&Reach, OrganisationId, Moment),
    (rows, meant): (&[Row], HashMap<i32, PersonId>),
) -> Result<HashMap<i32, PersonId>, Problem> {
    let entries: Vec<(&Row, Entry)> = rows
        .iter()
        .filter_map(|row| Some((row, open(&app.keys, row)?)))
        .collect();
    // Looked up anew: somebody may have come in since the list was read.
    let said: Vec<&Entry> = entries.iter().map(|(_, entry)| entry).collect();
    let facts = facts::gather(conn, &said, &Scope::Clubs(reach.leads.clone()), Some(club))?;
    let mut taking = Taking {
        meant,
        ..Taking::new(app, (reach.person, club, now), facts)
    };
    for (row, entry) in &entries {
        taking.take(row, entry)?;
    }
    let rules = find_rules(&app.settings.eligibility.rule_set).map_err(Problem::internal)?;
    people::batch::insert_all(conn, &taking.newcomers)?;
    people::batch::record_consents(conn, &taking.consents)?;
    joining::take_in(conn, rules, &taking.taken)?;
    made::insert(conn, &taking.made)?;
    Ok(taking.meant)
}

/// Everything a list makes, gathered before any of it is written.
struct Taking<'a> {
    app: &'a App,
    facts: Facts,
    /// Whom earlier rows meant.
    meant: HashMap<i32, PersonId>,
    newcomers: Vec<Newcomer>,
    consents: Vec<ConsentChange>,
    taken: TakenIn,
    made: Vec<Made>,
}

impl<'a> Taking<'a> {
    fn new(
        app: &'a App,
        (by, club, now): (PersonId, OrganisationId, Moment),
        facts: Facts,
    ) -> Self {
        Self {
            app,
            facts,
            meant: HashMap::new(),
            newcomers: Vec::new(),
            consents: Vec::new(),
            taken: TakenIn {
                club: Some(club),
                newcomers: BTreeMap::new(),
                joined: Vec::new(),
                gifts: Vec::new(),
                added_by: by,
                today: app.today(),
                now,
            },
            made: Vec::new(),
        }
    }

    fn take(&mut self, row: &Row, entry: &Entry) -> Result<(), Problem> {
        let known = match row.standing().step() {
            Step::Skip => return Ok(()),
            Step::New if row.decision.is_some() => None,
            Step::New => self.known_since(row.number, entry),
            Step::Same(Who::Person(person)) => Some(person),
            Step::Same(Who::Row(earlier)) => self.meant.get(&earlier).copied(),
        };
        let person = match known {
            Some(person) => person,
            None => self.bring(row.number, entry)?,
        };
        if self.facts.private.contains(&person) {
            return Ok(());
        }
        let mut made = Made {
            is_new: known.is_none(),
            is_joined: self.facts.members.insert(person),
            ..Made::of(row.import, row.number, person)
        };
        if made.is_joined {
            self.taken.joined.push(person);
        }
        made.gift = self.give(person, entry);
        self.meant.insert(row.number, person);
        self.made.push(made);
        Ok(())
    }

    /// Somebody who was not known when the list was read, and is now for sure.
    fn known_since(&self, number: i32, entry: &Entry) -> Option<PersonId> {
        match self.facts.known.find(&Card::of(number, entry)) {
            Match::One(Who::Person(person)) => Some(person),
            _ => None,
        }
    }

    fn bring(&mut self, number: i32, entry: &Entry) -> Result<PersonId, Problem> {
        let newcomer = newcomer(self.app, entry)?;
        let person = newcomer.person.id;
        self.newcomers.push(newcomer);
        let newly = Newly {
            group: entry.group,
            consents: entry.consents.clone(),
        };
        self.taken.newcomers.insert(person, newly);
        for purpose in &entry.consents {
            self.consents.push(self.consent(person, *purpose, number));
        }
        Ok(person)
    }

    fn consent(&self, person: PersonId, purpose: Purpose, number: i32) -> ConsentChange {
        ConsentChange {
            id: self.app.id(),
            person,
            purpose,
            is_granted: true,
            text_version: Purpose::text_version(),
            source: ConsentSource::Paper,
            recorded_by: Some(self.taken.added_by),
            form: Some(format!("#{number}")),
            given_at: self.taken.now,
        }
    }

    fn give(&mut self, person: PersonId, entry: &Entry) -> Option<AnyId> {
        let (component, given_on) = entry.gift()?;
        let gifts = self.facts.gifts.entry(person).or_default();
        if gifts.contains(&(component, given_on)) {
            return None;
        }
        gifts.push((component, given_on));
        let id: GiftId = self.app.id();
        self.taken.gifts.push(Gift {
            id,
            person,
            component,
            given_on,
            source: GiftSource::Imported,
            donation: None,
            place: entry.place.clone(),
            created_by: Some(self.taken.added_by),
        });
        Some(AnyId(id.0))
    }
}
