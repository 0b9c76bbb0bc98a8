//! Reading one row: every cell that cannot be read is named by its column.
use super::days::{self, When};
use super::entry::{Entry, ReadRow, Soundness};
use super::headings::Layout;
use super::table::{Cell, Line, letters};
use super::values;
use crate::blood::{BloodGroup, UnitNumber, Volume};
use crate::imports::model::{Field, GivenOutcome, ImportKind, Remark};
use crate::people::Purpose;
use crate::platform::language::{Key, Phrase, keys};
use crate::platform::seal::Keys;
use crate::platform::text::{BirthDate, Email, Line as OneLine, PersonName};
use chrono::{Datelike, NaiveDate};

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

    fn name(&mut self) -> String {
        let field = if self.reading.layout.of(Field::Name).is_some() {
            Field::Name
        } else {
            Field::GivenName
        };
        let before = self.soundness;
        let family = self.text(Field::FamilyName).unwrap_or_default();
        let given = self.text(field).unwrap_or_default();
        if self.soundness > before {
            return String::new();
        }
        match PersonName::parse(format!("{family} {given}").trim()) {
            Ok(name) => name.into(),
            Err(phrase) => {
                self.wrong(field, phrase);
                String::new()
            }
        }
    }

    fn read_person(&mut self, entry: &mut Entry) {
        self.read_birth(entry);
        entry.sex = self.take(Field::Sex, values::sex);
        let number = self.take(Field::CitizenNumber, values::citizen_number);
        entry.citizen = number.map(|number| self.reading.keys.lookup("citizen", &number));
        entry.address = self.address();
        entry.group = self.group();
    }

    fn read_birth(&mut self, entry: &mut Entry) {
        let today = self.reading.today;
        let Some(cell) = self.cell(Field::BirthDate) else {
            return;
        };
        match days::read(cell, today) {
            Some(When::Day(day)) => match BirthDate::new(day, today) {
                Ok(born) => entry.birth_date = Some(born.day()),
                Err(phrase) => self.wrong(Field::BirthDate, phrase),
            },
            Some(When::Month(year, _) | When::Year(year)) => {
                if (today.year() - 120..=today.year()).contains(&year) {
                    entry.birth_year = Some(year);
                    self.note(
                        Some(Field::BirthDate),
                        keys::IMPORT_ONLY_THE_YEAR,
                        Soundness::Sound,
                    );
                } else {
                    self.wrong(Field::BirthDate, keys::IMPORT_NOT_A_DAY);
                }
            }
            None => self.wrong(Field::BirthDate, keys::IMPORT_NOT_A_DAY),
        }
    }

    fn address(&mut self) -> Option<String> {
        let parts = [Field::Address, Field::Commune].map(|field| self.text(field));
        let whole = parts.into_iter().flatten().collect::<Vec<_>>().join(", ");
        let read = (!whole.is_empty()).then(|| OneLine::parse(&whole, 200));
        match read.transpose() {
            Ok(line) => line.map(String::from),
            Err(phrase) => {
                self.wrong(Field::Address, phrase);
                None
            }
        }
    }

    /// Without its RhD a group is not kept: half a group helps nobody, and none is made up.
    fn group(&mut self) -> Option<BloodGroup> {
        let abo = self.text(Field::BloodGroup)?;
        let rhesus = self.text(Field::Rhesus).unwrap_or_default();
        let whole = values::group(&abo, &rhesus);
        if whole.is_none() {
            if values::is_half_a_group(&abo) {
                self.note(
                    Some(Field::BloodGroup),
                    keys::IMPORT_HALF_A_GROUP,
                    Soundness::Sound,
                );
            } else {
                self.wrong(Field::BloodGroup, keys::IMPORT_NOT_A_GROUP);
            }
        }
        whole
    }

    fn read_contacts(&mut self, entry: &mut Entry) {
        if let Some(phone) = self.take(Field::Phone, values::phone) {
            entry
                .contacts
                .push(self.reading.keys.lookup("phone", phone.as_str()));
            entry.phone = Some(phone.into());
        }
        if let Some(email) = self.take(Field::Email, Email::parse) {
            entry
                .contacts
                .push(self.reading.keys.lookup("email", &email.lookup_form()));
            entry.email = Some(email.into());
        }
    }

    fn read_gift(&mut self, entry: &mut Entry) {
        entry.given_on = self.day(Field::GivenOn, entry.birth_date);
        let is_needed = self.reading.kind == ImportKind::History;
        if is_needed && entry.given_on.is_none() && !self.has_told(Field::GivenOn) {
            self.wrong(Field::GivenOn, keys::FIELD_REQUIRED);
        }
        entry.component = self.take(Field::Component, values::component);
        entry.place = self
            .take(Field::Place, |text| OneLine::parse(text, 200))
            .map(String::from);
        self.take(Field::Gifts, values::count);
    }

    fn has_told(&self, field: Field) -> bool {
        self.remarks
            .iter()
            .any(|remark| remark.field == Some(field))
    }

    /// A whole day, not to come. A month alone is told: for a history it is too little, elsewhere a person decides.
    fn day(&mut self, field: Field, born: Option<NaiveDate>) -> Option<NaiveDate> {
        let today = self.reading.today;
        match days::read(self.cell(field)?, today) {
            Some(When::Day(day)) if day > today && field != Field::Until => {
                self.wrong(field, keys::FIELD_IN_THE_FUTURE);
            }
            Some(When::Day(day)) if born.is_some_and(|born| day < born) => {
                self.wrong(field, keys::DONORS_BEFORE_BIRTH);
            }
            Some(When::Day(day)) if day.year() >= 1900 => return Some(day),
            Some(When::Month(..) | When::Year(_)) if self.reading.kind == ImportKind::Roster => {
                self.note(
                    Some(field),
                    keys::IMPORT_NOT_A_WHOLE_DAY,
                    Soundness::Doubtful,
                );
            }
            Some(When::Month(..) | When::Year(_)) => self.wrong(field, keys::IMPORT_DAY_NEEDED),
            _ => self.wrong(field, keys::IMPORT_NOT_A_DAY),
        }
        None
    }

    fn read_outcome(&mut self, entry: &mut Entry) {
        let volume = self.take(Field::Volume, values::volume).flatten();
        entry.volume_ml = volume.map(Volume::ml);
        let number = self.take(Field::UnitNumber, values::unit_number);
        entry.unit_number = number.as_ref().map(UnitNumber::to_string);
        let certificate = self.take(Field::Certificate, |text| OneLine::parse(text, 40));
        entry.certificate = certificate.map(String::from);
        entry.until = self.day(Field::Until, None);
        let told = self.take(Field::Outcome, values::outcome);
        let implied = volume.map(|_| GivenOutcome::Collected);
        entry.outcome = told.or(implied);
        match (entry.outcome, volume) {
            (None, _) if !self.has_told(Field::Outcome) && !self.has_told(Field::Volume) => {
                self.note(None, keys::IMPORT_NO_OUTCOME, Soundness::Wrong);
            }
            (Some(GivenOutcome::Collected), None) if !self.has_told(Field::Volume) => {
                self.note(
                    Some(Field::Volume),
                    keys::IMPORT_NO_VOLUME,
                    Soundness::Wrong,
                );
            }
            (Some(GivenOutcome::Deferred | GivenOutcome::Left), Some(_)) => {
                self.wrong(Field::Volume, keys::IMPORT_VOLUME_WITHOUT_GIFT);
            }
            _ => {}
        }
    }

    /// What the paper says; nothing follows from one yes to another.
    fn consents(&mut self) -> Vec<Purpose> {
        const ASKED: [(Field, Purpose); 3] = [
            (Field::Consent, Purpose::Data),
            (Field::ConsentReminders, Purpose::Reminders),
            (Field::ConsentCalls, Purpose::Calls),
        ];
        let mut given = Vec::new();
        for (field, purpose) in ASKED {
            if self.take(field, values::yes) == Some(true) {
                given.push(purpose);
            }
        }
        given
    }
}

impl From<Key> for Remark {
    /// Said of a row as a whole.
    fn from(key: Key) -> Self {
        Self {
            column: None,
            field: None,
            phrase: Phrase::new(key),
        }
    }
}
