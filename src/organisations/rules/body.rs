//! What may be said about a body.
use super::super::store::NewOrganisation;
use super::OrganisationKind;
use crate::eligibility::rule_set_ids;
use crate::platform::config::RhNegative;
use crate::platform::id::OrganisationId;
use crate::platform::language::{Phrase, keys};
use crate::platform::text::{Coordinates, Invalid, Line, Noted, Phone};
use chrono::{Datelike, NaiveDate};

const NAME_MAX: usize = 200;
const CODE_MAX: usize = 20;
const PHONE_MAX: usize = 30;

/// What a request says about a body; what it leaves out stays as it is.
#[derive(Debug, Clone, Default)]
pub(in crate::organisations) struct Change {
    pub(in crate::organisations) name: Option<String>,
    pub(in crate::organisations) code: Option<String>,
    pub(in crate::organisations) parent: Option<OrganisationId>,
    pub(in crate::organisations) place: (Option<f64>, Option<f64>),
    pub(in crate::organisations) valid: (Option<NaiveDate>, Option<NaiveDate>),
    pub(in crate::organisations) brand: Option<String>,
    pub(in crate::organisations) is_trusted: Option<bool>,
    pub(in crate::organisations) duty_phone: Option<String>,
    pub(in crate::organisations) testing_minutes: Option<i32>,
    pub(in crate::organisations) rule_set: Option<String>,
    pub(in crate::organisations) reaction_phone: Option<String>,
    pub(in crate::organisations) rh_negative: Option<RhNegative>,
}

impl Change {
    /// The same with every text read, or all that is wrong with it.
    pub(in crate::organisations) fn checked(self) -> Result<Self, Invalid> {
        let mut invalid = Invalid::default();
        let name = invalid.take_given("name", line(self.name.as_deref(), NAME_MAX));
        let code = invalid.take_given("code", line(self.code.as_deref(), CODE_MAX));
        let brand = invalid.take_given("brand", line(self.brand.as_deref(), NAME_MAX));
        let rule_set = invalid.take_given("rule_set", self.rule_set.map(rule_set));
        let phone = self.duty_phone.as_deref().map(Phone::parse);
        let phone = invalid.take_given("duty_phone", phone);
        let minutes = self.testing_minutes.map(testing);
        let minutes = invalid.take_given("testing_minutes", minutes);
        let given = self.reaction_phone.as_deref();
        let reaction_phone = invalid.take_given("reaction_phone", line(given, PHONE_MAX));
        let place = place(&mut invalid, self.place);
        let (from, to) = valid(&mut invalid, self.valid);
        invalid.build(|| {
            Ok(Self {
                name: name?,
                code: code?,
                parent: self.parent,
                place: place?,
                valid: (from?, to?),
                brand: brand?,
                is_trusted: self.is_trusted,
                duty_phone: phone?.map(|phone| phone.as_str().to_owned()),
                testing_minutes: minutes?,
                rule_set: rule_set?,
                reaction_phone: reaction_phone?,
                rh_negative: self.rh_negative,
            })
        })
    }
}

/// A body of this kind, under a parent; the nation is made by the service itself.
pub(in crate::organisations) fn new_organisation(
    id: OrganisationId,
    kind: OrganisationKind,
    said: Change,
) -> Result<NewOrganisation, Invalid> {
    if kind == OrganisationKind::National {
        return Err(Invalid::one("kind", kinds_below_the_nation()));
    }
    let said = said.checked()?;
    let name = said.name.unwrap_or_default();
    Ok(NewOrganisation {
        code: said.code,
        place: said.place.0.zip(said.place.1),
        valid: said.valid,
        brand: said.brand,
        rule_set: said.rule_set,
        reaction_phone: said.reaction_phone,
        rh_negative: said.rh_negative,
        is_trusted: said.is_trusted.unwrap_or_default(),
        duty_phone: said.duty_phone,
        testing_minutes: said.testing_minutes,
        ..NewOrganisation::named(id, kind, name, said.parent)
    })
}

/// A day that a body, a figure or a report may speak of: in the years 1800 to 2200.
pub(in crate::organisations) fn day(day: NaiveDate) -> Result<NaiveDate, Phrase> {
    if (1800..=2200).contains(&day.year()) {
        return Ok(day);
    }
    Err(Phrase::new(keys::FIELD_OUT_OF_RANGE)
        .with("min", "1800-01-01")
        .with("max", "2200-12-31"))
}

/// How long a facility may say that its testing takes: up to two days.
fn testing(minutes: i32) -> Result<i32, Phrase> {
    const LONGEST: i32 = 48 * 60;
    if (0..=LONGEST).contains(&minutes) {
        return Ok(minutes);
    }
    Err(Phrase::new(keys::FIELD_OUT_OF_RANGE)
        .with("min", 0)
        .with("max", LONGEST))
}

fn line(text: Option<&str>, max: usize) -> Option<Result<String, Phrase>> {
    text.map(|text| Line::parse(text, max).map(String::from))
}

/// Only rules that are at hand can be followed.
fn rule_set(id: String) -> Result<String, Phrase> {
    let known = rule_set_ids();
    if known.contains(&id.as_str()) {
        return Ok(id);
    }
    Err(Phrase::new(keys::FIELD_NOT_A_CHOICE).with("choices", known.join(", ")))
}

type Place = (Option<f64>, Option<f64>);

fn place(invalid: &mut Invalid, place: Place) -> Result<Place, Noted> {
    match place {
        (Some(latitude), Some(longitude)) => invalid
            .take("latitude", Coordinates::parse(latitude, longitude))
            .map(|_| place),
        (None, None) => Ok(place),
        (Some(_), None) => Err(invalid.refuse("longitude", Phrase::new(keys::FIELD_REQUIRED))),
        (None, Some(_)) => Err(invalid.refuse("latitude", Phrase::new(keys::FIELD_REQUIRED))),
    }
}

type Days = (Option<NaiveDate>, Option<NaiveDate>);
type CheckedDays = (
    Result<Option<NaiveDate>, Noted>,
    Result<Option<NaiveDate>, Noted>,
);

/// The first and the last day, each by itself and in their order.
fn valid(invalid: &mut Invalid, (from, to): Days) -> CheckedDays {
    let checked = (
        invalid.take_given("valid_from", from.map(day)),
        invalid.take_given("valid_to", to.map(day)),
    );
    if let (Some(from), Some(to)) = (from, to)
        && from > to
    {
        invalid.refuse("valid_to", Phrase::new(keys::FIELD_WRONG_ORDER));
    }
    checked
}

fn kinds_below_the_nation() -> Phrase {
    let kinds: Vec<_> = OrganisationKind::ALL
        .iter()
        .filter(|kind| **kind != OrganisationKind::National)
        .map(|kind| kind.as_str())
        .collect();
    Phrase::new(keys::FIELD_NOT_A_CHOICE).with("choices", kinds.join(", "))
}
