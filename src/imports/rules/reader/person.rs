//! Who a row tells of: name, birth, group, contacts.
use super::RowReader;
use crate::blood::BloodGroup;
use crate::imports::model::Field;
use crate::imports::rules::days::{self, When};
use crate::imports::rules::entry::{Entry, Soundness};
use crate::imports::rules::values;
use crate::platform::language::keys;
use crate::platform::text::{BirthDate, Email, Line as OneLine, PersonName};
use chrono::Datelike;

impl RowReader<'_> {
    pub(super) fn name(&mut self) -> String {
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

    pub(super) fn read_person(&mut self, entry: &mut Entry) {
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

    /// Without its Rhesus factor a group is not kept: half a group helps nobody, and none is made up.
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

    pub(super) fn read_contacts(&mut self, entry: &mut Entry) {
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
}
