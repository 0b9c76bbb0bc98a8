//! Reading one row: every cell that cannot be read is named by its column.
mod person;
mod visit;

use super::entry::{Entry, ReadRow, Soundness};
use super::headings::Layout;
use super::table::{Cell, Line, letters};
use super::values;
use crate::imports::model::{Field, ImportKind, Remark};
use crate::platform::language::{Phrase, keys};
use crate::platform::seal::Keys;
use chrono::NaiveDate;

/// What every row of a list is read by.
#[derive(Clone, Copy)]
pub(in crate::imports) struct Reading<'a> {
    pub(in crate::imports) kind: ImportKind,
    pub(in crate::imports) layout: &'a Layout,
    pub(in crate::imports) keys: &'a Keys,
    pub(in crate::imports) today: NaiveDate,
}

/// Reads every row below the headings; blank ones and the feet of a list are passed over.
pub(in crate::imports) fn read_all(reading: Reading<'_>, lines: &[Line]) -> Vec<ReadRow> {
    let below = lines.iter().skip(reading.layout.at + 1);
    below
        .filter(|line| tells(reading.layout, line))
        .map(|line| RowReader::new(reading, line).read())
        .collect()
}

/// Whether any column that is read has something in this row, and it is no sum or signature.
fn tells(layout: &Layout, line: &Line) -> bool {
    let read = || {
        layout
            .fields
            .iter()
            .filter_map(|(_, column)| line.cell(*column))
    };
    let is_foot = |cell: &Cell| matches!(cell, Cell::Text(text) if values::is_foot(text));
    read().next().is_some() && !line.cells.iter().any(|(_, cell)| is_foot(cell))
}

struct RowReader<'a> {
    reading: Reading<'a>,
    line: &'a Line,
    remarks: Vec<Remark>,
    soundness: Soundness,
}

impl<'a> RowReader<'a> {
    fn new(reading: Reading<'a>, line: &'a Line) -> Self {
        Self {
            reading,
            line,
            remarks: Vec::new(),
            soundness: Soundness::Sound,
        }
    }

    fn read(mut self) -> ReadRow {
        let mut entry = Entry {
            name: self.name(),
            ..Entry::default()
        };
        self.read_person(&mut entry);
        self.read_contacts(&mut entry);
        self.read_gift(&mut entry);
        if self.reading.kind == ImportKind::Results {
            self.read_outcome(&mut entry);
        } else {
            entry.consents = self.consents();
        }
        if self.line.is_cut {
            self.note(None, keys::IMPORT_CUT_HERE, Soundness::Wrong);
        }
        ReadRow {
            number: self.line.number,
            entry,
            remarks: self.remarks,
            soundness: self.soundness,
        }
    }

    fn note(&mut self, field: Option<Field>, what: impl Into<Phrase>, soundness: Soundness) {
        let column = field.and_then(|field| self.reading.layout.of(field));
        self.remarks.push(Remark {
            column: column.map(letters),
            field,
            phrase: what.into(),
        });
        self.soundness = self.soundness.max(soundness);
    }

    fn wrong(&mut self, field: Field, what: impl Into<Phrase>) {
        self.note(Some(field), what, Soundness::Wrong);
    }

    /// What stands in the column, when it says anything; a formula or an error is told.
    fn cell(&mut self, field: Field) -> Option<&'a Cell> {
        let column = self.reading.layout.of(field)?;
        match self.line.cell(column)? {
            Cell::Formula => {
                self.wrong(field, keys::IMPORT_FORMULA);
                None
            }
            Cell::Broken => {
                self.wrong(field, keys::IMPORT_BROKEN_CELL);
                None
            }
            Cell::Text(text) if values::says_nothing(text) => None,
            cell => Some(cell),
        }
    }

    fn text(&mut self, field: Field) -> Option<String> {
        self.cell(field).map(values::text)
    }

    /// Reads a text; what cannot be read is told.
    fn take<T>(&mut self, field: Field, read: impl FnOnce(&str) -> Result<T, Phrase>) -> Option<T> {
        let text = self.text(field)?;
        read(&text).map_err(|phrase| self.wrong(field, phrase)).ok()
    }
}
