//! Reading what a person says of themself.
use super::model::{PersonChange, Sex};
use crate::platform::id::OrganisationId;
use crate::platform::language::{Language, Phrase, keys};
use crate::platform::text::{BirthDate, Coordinates, Invalid, Noted, PersonName};
use chrono::NaiveDate;

/// What was filled in, each as it came.
#[derive(Debug, Default)]
pub(super) struct Filled {
    pub(super) name: Option<String>,
    pub(super) birth_date: Option<String>,
    pub(super) sex: Option<Sex>,
    pub(super) language: Option<Language>,
    pub(super) commune: Option<OrganisationId>,
    pub(super) latitude: Option<f64>,
    pub(super) longitude: Option<f64>,
}

/// Reads a change; every field that is wrong is named.
pub(super) fn change(filled: &Filled, today: NaiveDate) -> Result<PersonChange, Invalid> {
    let mut invalid = Invalid::default();
    let name = invalid.take_given("name", filled.name.as_deref().map(PersonName::parse));
    let born = filled.birth_date.as_deref();
    let born = invalid.take_given("birth_date", born.map(|raw| BirthDate::parse(raw, today)));
    let coordinates = place(&mut invalid, filled.latitude, filled.longitude);
    invalid.build(|| {
        Ok(PersonChange {
            name: name?,
            birth_date: born?,
            sex: filled.sex,
            language: filled.language,
            commune: filled.commune,
            coordinates: coordinates?,
        })
    })
}

/// Both numbers or neither.
fn place(
    invalid: &mut Invalid,
    latitude: Option<f64>,
    longitude: Option<f64>,
) -> Result<Option<Coordinates>, Noted> {
    match (latitude, longitude) {
        (None, None) => Ok(None),
        (Some(north), Some(east)) => {
            invalid.take("latitude", Coordinates::parse(north, east).map(Some))
        }
        (None, Some(_)) => Err(invalid.refuse("latitude", Phrase::new(keys::FIELD_REQUIRED))),
        (Some(_), None) => Err(invalid.refuse("longitude", Phrase::new(keys::FIELD_REQUIRED))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(filled: &Filled) -> Vec<String> {
        let today = NaiveDate::from_ymd_opt(2026, 5, 1).unwrap();
        let refused = change(filled, today).err().unwrap_or_default();
        refused.0.into_iter().map(|error| error.field).collect()
    }

    #[test]
    fn half_a_place_is_no_place_and_every_slip_is_named() {
        let half = Filled {
            latitude: Some(21.0),
            ..Filled::default()
        };
        assert_eq!(fields(&half), ["longitude"]);
        let wrong = Filled {
            name: Some("  ".into()),
            birth_date: Some("2026-05-02".into()),
            latitude: Some(91.0),
            longitude: Some(105.0),
            ..Filled::default()
        };
        assert_eq!(fields(&wrong), ["name", "birth_date", "latitude"]);
        assert!(fields(&Filled::default()).is_empty());
    }
}
