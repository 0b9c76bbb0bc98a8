//! What people do with lists: have them read and judged, decide, apply, undo. Each is one unit of work.
mod apply;
mod check;
mod decide;
mod facts;
mod lists;
mod results;
mod show;
mod undo;

pub(super) use apply::apply;
pub(super) use check::{Content, Order, check, read_list};
pub(super) use decide::{Decided, Decisions, decide};
pub(super) use show::{ShownRow, rows};
pub(super) use undo::{Taken, drop_expired, undo};

use super::model::{ImportId, Who};
use super::rules::entry::Entry;
use super::store::imports::{self, Import};
use super::store::rows::Row;
use crate::drives::model::Drive;
use crate::organisations;
use crate::people::batch::Newcomer;
use crate::people::{self, Contact, Giver, NewPerson};
use crate::platform::App;
use crate::platform::db::Conn;
use crate::platform::http::{Caller, Role};
use crate::platform::id::{OrganisationId, PersonId};
use crate::platform::language::{Language, Phrase};
use crate::platform::problem::{Kind, Problem};
use crate::platform::seal::{Keys, Sealed};
use crate::platform::text::{BirthDate, Email, PersonName, Phone};
use crate::registrations::model::Powers;
use uuid::Uuid;

/// Where a caller may take lists in: for the clubs they lead, at the drives they work on.
#[derive(Debug, Clone)]
pub(super) struct Reach {
    pub(super) person: PersonId,
    pub(super) leads: Vec<OrganisationId>,
    pub(super) powers: Powers,
}

impl From<&Caller> for Reach {
    fn from(caller: &Caller) -> Self {
        Self {
            person: caller.person(),
            leads: caller.bodies(Role::ClubLead),
            powers: Powers::from(caller),
        }
    }
}

/// What a list belongs to.
#[derive(Debug, Clone)]
enum Target {
    /// A club or another body with members.
    Club(OrganisationId),
    /// A drive.
    Drive(Box<Drive>),
}

impl Reach {
    /// The import, if its club or drive is within reach; else it is not there.
    pub(super) fn find(&self, conn: &mut Conn, id: ImportId) -> Result<Import, Problem> {
        let import = imports::find(conn, id)?;
        self.target(conn, &import)?;
        Ok(import)
    }

    fn target(&self, conn: &mut Conn, import: &Import) -> Result<Target, Problem> {
        match (import.organisation, import.drive) {
            (Some(club), _) if organisations::covers(conn, &self.leads, club)? => {
                Ok(Target::Club(club))
            }
            (None, Some(drive)) => {
                let drive = self.powers.staffed(conn, drive)?;
                Ok(Target::Drive(Box::new(drive)))
            }
            _ => Err((&Kind::NOT_FOUND).into()),
        }
    }
}

/// Which field is sealed: what is moved to another row does not open.
fn sealed(import: ImportId, number: i32) -> Sealed {
    let number = u128::from(number.unsigned_abs());
    let row = Uuid::from_u128(import.0.as_u128() ^ number);
    Sealed::new("import_rows.sealed", row)
}

/// What a row says, if it was not forgotten.
fn open(keys: &Keys, row: &Row) -> Option<Entry> {
    let text = row.sealed.as_deref()?;
    let opened = keys.open(sealed(row.import, row.number), text).ok()?;
    serde_json::from_str(&opened).ok()
}

/// Somebody new, as a row tells of them: listed by somebody else, so not written to.
fn newcomer(app: &App, entry: &Entry) -> Result<Newcomer, Problem> {
    let contacts = contacts(entry).map_err(unreadable)?;
    let sealed = |contact| people::contact(app, &contact, Giver::SomebodyElse);
    let id: PersonId = app.id();
    let address = entry.address.as_deref();
    Ok(Newcomer {
        address: address.map(|text| people::batch::address(app, id, text)),
        person: NewPerson {
            id,
            name: PersonName::parse(&entry.name).map_err(unreadable)?,
            birth_date: entry.birth_date.map(BirthDate::stored),
            sex: entry.sex,
            language: Language::default(),
            commune: None,
            coordinates: None,
            citizen_lookup: entry.citizen.clone(),
            contacts: contacts.into_iter().map(sealed).collect(),
            created_at: app.now(),
        },
    })
}

fn contacts(entry: &Entry) -> Result<Vec<Contact>, Phrase> {
    let phone = entry.phone.as_deref().map(Phone::parse).transpose()?;
    let email = entry.email.as_deref().map(Email::parse).transpose()?;
    let phone = phone.map(Contact::Phone);
    Ok(phone.into_iter().chain(email.map(Contact::Email)).collect())
}

/// What was read once reads again; if it does not, the row was not written by us.
fn unreadable<T>(_: T) -> Problem {
    Problem::internal("a row that was read before does not read again")
}

/// Every person that could be meant by these rows.
fn persons_of(rows: &[Row]) -> Vec<PersonId> {
    let standings = rows.iter().map(Row::standing);
    let named = standings.flat_map(|standing| {
        let candidates = standing.candidates.into_iter();
        candidates.chain(standing.who).chain(standing.decided)
    });
    named
        .filter_map(|who| match who {
            Who::Person(person) => Some(person),
            Who::Row(_) => None,
        })
        .collect()
}
