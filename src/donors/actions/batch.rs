//! Many donors at once, as lists bring them, and how such a list is taken back.
use crate::blood::BloodGroup;
use crate::donors::model::{Gift, GiftId};
use crate::donors::rules;
use crate::donors::store::batch::{self, DonorRow, Found};
use crate::eligibility::RuleSet;
use crate::people::Purpose;
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::id::{OrganisationId, PersonId};
use chrono::NaiveDate;
use diesel::QueryResult;
use std::collections::{BTreeMap, BTreeSet};

/// People whose facts are read at once.
const PART: usize = 500;

/// What a list says of somebody new.
#[derive(Debug, Clone, Default)]
pub struct Newly {
    /// As the list has it.
    pub group: Option<BloodGroup>,
    /// What they signed.
    pub consents: Vec<Purpose>,
}

/// What a list brings.
#[derive(Debug, Clone)]
pub struct TakenIn {
    /// Whose list; none where nobody joins.
    pub club: Option<OrganisationId>,
    /// People kept in the same transaction.
    pub newcomers: BTreeMap<PersonId, Newly>,
    /// Who joins the club, new or known.
    pub joined: Vec<PersonId>,
    /// Donations, of anybody.
    pub gifts: Vec<Gift>,
    /// Who took the list in.
    pub added_by: PersonId,
    /// The day of joining.
    pub today: NaiveDate,
    /// This moment.
    pub now: Moment,
}

/// What is taken back of a list.
#[derive(Debug, Clone)]
pub struct TakenOut {
    /// Whose list.
    pub club: Option<OrganisationId>,
    /// Who leaves it again.
    pub joined: Vec<PersonId>,
    /// Imported donations that never were.
    pub gifts: Vec<GiftId>,
    /// Whose donations these were.
    pub donors: BTreeSet<PersonId>,
    /// Who is no donor any more, because nobody else knows them.
    pub gone: BTreeSet<PersonId>,
    /// This moment.
    pub now: Moment,
}

/// Keeps what a list brings and derives the days of everybody in it.
pub fn take_in(conn: &mut Conn, rules: &RuleSet, taken: &TakenIn) -> QueryResult<()> {
    batch::add_gifts(conn, &taken.gifts, taken.now)?;
    let known = taken.gifts.iter().map(|gift| gift.person);
    let known = known.chain(taken.joined.iter().copied());
    let mut persons: BTreeSet<PersonId> = known.collect();
    persons.extend(taken.newcomers.keys());
    let persons: Vec<PersonId> = persons.into_iter().collect();
    derive(conn, rules, &persons, |person, found| {
        let newly = taken.newcomers.get(&person);
        let mut row = DonorRow::of(person, found, taken.now);
        row.say(newly.and_then(|newly| newly.group));
        if let Some(newly) = newly {
            row.main_club = taken.club;
            let said = |purpose| newly.consents.contains(&purpose);
            row.opted_in = said(Purpose::Data) && said(Purpose::Calls);
            row.wants_reminders = said(Purpose::Data) && said(Purpose::Reminders);
        }
        row
    })?;
    match taken.club {
        Some(club) => batch::join_all(conn, club, &taken.joined, (taken.today, taken.added_by)),
        None => Ok(()),
    }
}

/// Takes back what a list brought and derives the days of who stays.
pub fn take_out(conn: &mut Conn, rules: &RuleSet, taken: &TakenOut) -> QueryResult<()> {
    batch::remove_gifts(conn, &taken.gifts)?;
    if let Some(club) = taken.club {
        batch::leave_all(conn, club, &taken.joined)?;
    }
    let gone: Vec<PersonId> = taken.gone.iter().copied().collect();
    batch::remove_donors(conn, &gone)?;
    let staying: Vec<PersonId> = taken.donors.difference(&taken.gone).copied().collect();
    derive(conn, rules, &staying, |person, found| {
        DonorRow::of(person, found, taken.now)
    })
}

fn derive(
    conn: &mut Conn,
    rules: &RuleSet,
    persons: &[PersonId],
    row: impl Fn(PersonId, &Found) -> DonorRow,
) -> QueryResult<()> {
    for part in persons.chunks(PART) {
        batch::hold_all(conn, part)?;
        let found = batch::records(conn, part)?;
        let rows: Vec<DonorRow> = found
            .iter()
            .map(|(person, found)| {
                let mut row = row(*person, found);
                row.derive(rules::availability(&found.record, rules));
                row
            })
            .collect();
        batch::put_all(conn, &rows)?;
    }
    Ok(())
}
