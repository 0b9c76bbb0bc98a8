//! How much may be given, what a donation counts, and until when a reason holds: decisions without a database.
use super::model::{Donation, UnitResult};
use crate::blood::{Component, UnitNumber, UnitNumberRefusal};
use crate::drives::model::Delta;
use crate::eligibility::screening::{Gift, Sex, Vitals, assess, largest_volume_ml};
use crate::eligibility::{RuleSet, Until};
use crate::platform::id::OrganisationId;
use crate::platform::language::{Phrase, keys};
use chrono::NaiveDate;

/// Why not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Refusal {
    #[error("the check character does not belong to the number")]
    WrongCheckCharacter,
    #[error("the number stands on another bag of the facility")]
    UnitNumberUsed,
    #[error("more than this person may give")]
    VolumeTooLarge(i32),
    #[error("a bag was collected already")]
    AlreadyCollected,
    #[error("the donation was voided")]
    Voided,
    #[error("they were deferred at this visit")]
    DeferredHere,
}

/// From this volume on a bag counts among the large ones, in millilitres.
const LARGE_ML: i32 = 350;

/// What a donation adds to the sums of its drive and body.
pub(crate) fn counts(donation: &Donation) -> Delta {
    if donation.voided_at.is_some() {
        return Delta::default();
    }
    Delta {
        collected: 1,
        safe: i32::from(donation.result == Some(UnitResult::Safe)),
        ml: donation.volume_ml.into(),
        ml350plus: i32::from(donation.volume_ml >= LARGE_ML),
        first_time: i32::from(donation.is_first_time),
        ..Delta::default()
    }
}

/// What moves the sums from one to the other.
pub(crate) fn difference(before: Delta, after: Delta) -> Delta {
    Delta {
        registered: after.registered - before.registered,
        attended: after.attended - before.attended,
        collected: after.collected - before.collected,
        safe: after.safe - before.safe,
        ml: after.ml - before.ml,
        ml350plus: after.ml350plus - before.ml350plus,
        first_time: after.first_time - before.first_time,
    }
}

/// Whether so much may be taken; without a weight, whether anybody may give so much.
/// Source: Thông tư 26/2013, Art. 4.
pub(crate) fn may_give(
    weight_kg: Option<f64>,
    (component, volume_ml): (Component, i32),
    sex: Option<Sex>,
    rules: &RuleSet,
) -> Result<(), Refusal> {
    if let Some(weight) = weight_kg {
        let most = largest_volume_ml(weight, sex, component, rules);
        return if volume_ml > most {
            Err(Refusal::VolumeTooLarge(most))
        } else {
            Ok(())
        };
    }
    let gift = Gift {
        component,
        volume_ml: Some(volume_ml),
        sex,
    };
    let over = assess(&Vitals::default(), &gift, rules)
        .into_iter()
        .find(|finding| finding.rule == "volume_over");
    over.map_or(Ok(()), |finding| {
        Err(Refusal::VolumeTooLarge(finding.limit))
    })
}

/// Reads the number on a bag; a misread one is a refusal of its own, anything else is a field to look at again.
pub(crate) fn unit_number(raw: &str) -> Result<UnitNumber, UnitFault> {
    UnitNumber::parse(raw).map_err(|refusal| match refusal {
        UnitNumberRefusal::WrongCheckCharacter => UnitFault::Refused(Refusal::WrongCheckCharacter),
        UnitNumberRefusal::Empty => UnitFault::Field(Phrase::new(keys::FIELD_REQUIRED)),
        UnitNumberRefusal::OtherBarcode => {
            UnitFault::Field(Phrase::new(keys::DONATION_OTHER_BARCODE))
        }
        UnitNumberRefusal::TooLong => {
            UnitFault::Field(Phrase::new(keys::FIELD_TOO_LONG).with("max", 20))
        }
        UnitNumberRefusal::WrongCharacter => {
            UnitFault::Field(Phrase::new(keys::DONATION_NOT_A_UNIT_NUMBER))
        }
    })
}

/// What is wrong with the number of a bag.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum UnitFault {
    /// Told by a name of its own.
    Refused(Refusal),
    /// Told beside the field.
    Field(Phrase),
}

/// The number with who gave it out: what must be unique.
pub(crate) fn unit_key(facility: OrganisationId, number: &UnitNumber) -> String {
    format!("{facility}:{number}")
}

/// The first day a reason no longer binds, the later of what the rules count from the event and what was stated;
/// none: never. Source: Thông tư 26/2013, Art. 5.
pub(crate) fn deferral_end(
    (code, event_on): (&str, NaiveDate),
    stated: Option<NaiveDate>,
    rules: &RuleSet,
) -> Result<Option<NaiveDate>, (&'static str, Phrase)> {
    if rules.deferral_name(code).is_none() {
        return Err(("code", Phrase::new(keys::DONATION_NO_SUCH_CODE)));
    }
    match (rules.deferral_end(code, event_on), stated) {
        (Some(Until::Never), _) => Ok(None),
        (Some(Until::Day(counted)), stated) => {
            Ok(Some(stated.map_or(counted, |day| day.max(counted))))
        }
        (None, Some(stated)) => Ok(Some(stated)),
        (None, None) => Err(("until", Phrase::new(keys::FIELD_REQUIRED))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::eligibility::find_rules;

    fn rules() -> &'static RuleSet {
        find_rules("vn-2013").expect("the national rules")
    }

    fn whole(weight: Option<f64>, ml: i32) -> Result<(), Refusal> {
        may_give(
            weight,
            (Component::WholeBlood, ml),
            Some(Sex::Female),
            rules(),
        )
    }

    #[test]
    fn nine_millilitres_a_kilogram_and_never_over_five_hundred() {
        assert_eq!(whole(Some(50.0), 450), Ok(()));
        assert_eq!(whole(Some(49.9), 450), Err(Refusal::VolumeTooLarge(449)));
        assert_eq!(whole(Some(44.0), 350), Err(Refusal::VolumeTooLarge(250)));
        assert_eq!(whole(Some(41.0), 250), Err(Refusal::VolumeTooLarge(0)));
        assert_eq!(whole(Some(80.0), 501), Err(Refusal::VolumeTooLarge(500)));
    }

    #[test]
    fn without_a_weight_only_what_nobody_may_give_is_too_much() {
        assert_eq!(whole(None, 500), Ok(()));
        assert_eq!(whole(None, 501), Err(Refusal::VolumeTooLarge(500)));
    }

    #[test]
    fn a_doctor_may_lengthen_a_wait_but_never_shorten_it() {
        let day = |text: &str| text.parse::<NaiveDate>().expect("a date");
        let end = |code, stated: Option<&str>| {
            deferral_end((code, day("2026-03-10")), stated.map(day), rules())
                .map_err(|(field, _)| field)
        };
        assert_eq!(end("tattoo", None), Ok(Some(day("2026-09-10"))));
        assert_eq!(
            end("tattoo", Some("2026-04-01")),
            Ok(Some(day("2026-09-10")))
        );
        assert_eq!(
            end("tattoo", Some("2027-01-01")),
            Ok(Some(day("2027-01-01")))
        );
        assert_eq!(end("hiv", Some("2027-01-01")), Ok(None));
        assert_eq!(end("doctor_decision", None), Err("until"));
        assert_eq!(end("bad_mood", None), Err("code"));
    }

    #[test]
    fn a_misread_number_is_told_from_what_is_no_number() {
        assert_eq!(
            unit_number("G123498654321X"),
            Err(UnitFault::Refused(Refusal::WrongCheckCharacter))
        );
        assert!(matches!(unit_number("26 0042"), Err(UnitFault::Field(_))));
        assert!(unit_number("G123498654321H").is_ok());
    }
}
