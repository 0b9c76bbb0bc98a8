//! What a row tells of giving: the day, what came of a visit, what was signed.
use super::RowReader;
use crate::blood::{UnitNumber, Volume};
use crate::imports::model::{Field, GivenOutcome, ImportKind};
use crate::imports::rules::days::{self, When};
use crate::imports::rules::entry::{Entry, Soundness};
use crate::imports::rules::values;
use crate::people::Purpose;
use crate::platform::language::keys;
use crate::platform::text::Line as OneLine;
use chrono::{Datelike, NaiveDate};

impl RowReader<'_> {
    pub(super) fn read_gift(&mut self, entry: &mut Entry) {
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

    pub(super) fn read_outcome(&mut self, entry: &mut Entry) {
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
    pub(super) fn consents(&mut self) -> Vec<Purpose> {
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
