//! Brings the tree in line with a list of units of administration, by code and never by name.
pub use super::actions::nation;
use super::rules::{UnitRow, read_units};
use super::store::{self, Edit, Listed, NewOrganisation};
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::id::OrganisationId;
use chrono::NaiveDate;
use diesel::QueryResult;
use std::collections::HashMap;

/// Units written at once.
const PART: usize = 1000;

/// A list of units, read and checked, and what new ones are given.
pub struct UnitList {
    units: Vec<UnitRow>,
    /// The first day of bodies that are new; none where it is not known.
    pub valid_from: Option<NaiveDate>,
}

/// What an import did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Imported {
    /// Bodies that were not there.
    pub added: usize,
    /// Bodies whose name, kind, place or parent was another.
    pub changed: usize,
    /// Bodies that were there as the list says.
    pub same: usize,
}

impl UnitList {
    /// Reads a list; the error names the line and the column.
    pub fn read(text: &[u8]) -> Result<Self, super::rules::ListFault> {
        read_units(text).map(|units| Self {
            units,
            valid_from: None,
        })
    }

    /// How many units it has.
    pub fn len(&self) -> u64 {
        count(self.units.len())
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.units.is_empty()
    }

    /// Adds what is new and changes what differs, and tells how many more units are done; the same list again changes
    /// nothing.
    pub fn import(
        &self,
        conn: &mut Conn,
        stamp: (impl FnMut() -> OrganisationId, Moment),
        told: impl Fn(u64),
    ) -> QueryResult<Imported> {
        let (mut id, now) = stamp;
        let top = nation(conn, id(), now)?;
        let known = by_code(store::coded(conn)?);
        let (new, there) = self.compare(&known, top, id);
        for part in new.chunks(PART) {
            store::insert(conn, part, now)?;
            told(count(part.len()));
        }
        let mut done = Imported {
            added: new.len(),
            ..Imported::default()
        };
        for (known, unit, parent) in there {
            let is_changed = bring_in_line(conn, known, unit, parent)?;
            done.changed += usize::from(is_changed);
            done.same += usize::from(!is_changed);
            told(1);
        }
        Ok(done)
    }

    /// What is new, and what is there already beside what the list says of it.
    fn compare<'a>(
        &'a self,
        known: &'a HashMap<String, Listed>,
        nation: OrganisationId,
        mut id: impl FnMut() -> OrganisationId,
    ) -> (Vec<NewOrganisation>, Vec<There<'a>>) {
        let mut tree = Tree {
            nation,
            ids: known
                .iter()
                .map(|(code, known)| (code.clone(), known.id))
                .collect(),
        };
        let (mut new, mut there) = (Vec::new(), Vec::new());
        for unit in self.tops().chain(self.below()) {
            let parent = tree.parent(unit);
            if let Some(known) = known.get(&unit.code) {
                there.push((known, unit, parent));
            } else {
                let id = id();
                tree.ids.insert(unit.code.clone(), id);
                new.push(self.body(id, unit, parent));
            }
        }
        (new, there)
    }

    fn tops(&self) -> impl Iterator<Item = &UnitRow> {
        self.units.iter().filter(|unit| unit.parent_code.is_none())
    }

    fn below(&self) -> impl Iterator<Item = &UnitRow> {
        self.units.iter().filter(|unit| unit.parent_code.is_some())
    }

    fn body(&self, id: OrganisationId, unit: &UnitRow, parent: OrganisationId) -> NewOrganisation {
        NewOrganisation {
            code: Some(unit.code.clone()),
            place: Some(unit.place),
            valid: (self.valid_from, None),
            ..NewOrganisation::named(id, unit.kind, unit.name.clone(), Some(parent))
        }
    }
}

fn count(units: usize) -> u64 {
    u64::try_from(units).unwrap_or(u64::MAX)
}

type There<'a> = (&'a Listed, &'a UnitRow, OrganisationId);

struct Tree {
    nation: OrganisationId,
    ids: HashMap<String, OrganisationId>,
}

impl Tree {
    /// The list was checked: a code above is known by the time it is asked for.
    fn parent(&self, unit: &UnitRow) -> OrganisationId {
        let above = unit.parent_code.as_ref();
        above
            .and_then(|code| self.ids.get(code))
            .copied()
            .unwrap_or(self.nation)
    }
}

fn by_code(known: Vec<Listed>) -> HashMap<String, Listed> {
    known
        .into_iter()
        .filter_map(|body| Some((body.code.clone()?, body)))
        .collect()
}

/// Whether anything of the body had to change.
fn bring_in_line(
    conn: &mut Conn,
    known: &Listed,
    unit: &UnitRow,
    parent: OrganisationId,
) -> QueryResult<bool> {
    let place = (Some(unit.place.0), Some(unit.place.1));
    let is_moved = known.parent != Some(parent);
    let is_same = known.kind == unit.kind
        && known.name == unit.name
        && (known.latitude, known.longitude) == place;
    if !is_same {
        let edit = Edit {
            kind: Some(unit.kind),
            latitude: place.0,
            longitude: place.1,
            ..Edit::default()
        };
        store::edit(conn, known.id, &edit.named(Some(unit.name.clone())))?;
    }
    if is_moved {
        store::move_under(conn, known.id, parent)?;
    }
    Ok(is_moved || !is_same)
}
