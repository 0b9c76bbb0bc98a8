//! Decisions about donors: from which day to which day they may give, and how long a deferral holds.
mod cover;
mod duty;

pub(super) use cover::{Cover, Place, cover};
pub(super) use duty::{Nights, is_covered_without, stands_by};

use super::model::{ALWAYS, Availability, NEVER, NewDeferral, Record};
use crate::eligibility::{Deferral, Facts, RuleSet, Until, Verdict, may_give};
use crate::platform::language::{Phrase, keys};
use chrono::NaiveDate;

/// What cannot be done with a donor's entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum Refusal {
    /// Without this consent there is no entry.
    #[error("the consent to keep the data cannot be taken back alone")]
    DataConsentNeeded,
    /// Who stands by for emergencies agreed to be asked in one.
    #[error("the consent to be called is missing")]
    CallsConsentNeeded,
    /// The same component on the same day.
    #[error("this gift is known already")]
    GiftAlreadyKnown,
    /// The same person would stand there twice.
    #[error("this person is known already")]
    MemberAlreadyKnown,
    /// The commune is no commune.
    #[error("there is no such commune")]
    NoSuchCommune,
}

/// The same on whatever day it is asked: what is over binds nobody, but its end is still the earliest day.
pub(super) fn availability(record: &Record, rules: &RuleSet) -> Availability {
    let verdict = verdict(record, rules, ALWAYS);
    let from = match verdict.clear_from {
        None => ALWAYS,
        Some(Until::Never) => NEVER,
        Some(Until::Day(day)) => day.clamp(ALWAYS, NEVER),
    };
    Availability {
        from,
        until: verdict.last_day.map(|day| day.clamp(ALWAYS, NEVER)),
    }
}

/// What the rules say today. Of a deferral the id stands for its sealed code: its end was fixed when it was decided.
pub(super) fn verdict(record: &Record, rules: &RuleSet, today: NaiveDate) -> Verdict {
    let seen = |deferral: &NewDeferral| Deferral {
        code: deferral.id.to_string(),
        event_on: Some(deferral.event_on),
        until: deferral.until,
        is_permanent: deferral.until.is_none(),
    };
    let deferrals: Vec<Deferral> = record.deferrals.iter().map(seen).collect();
    let facts = Facts {
        birth_date: record.birth_date,
        history: &record.history,
        deferrals: &deferrals,
    };
    may_give(&facts, rules, today)
}

/// Until when a reason holds that was stated so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stated {
    /// Nothing was stated: the rules count.
    Nothing,
    /// Not before this day.
    Until(NaiveDate),
    /// Not any more.
    Never,
}

/// The first day a deferral no longer binds, the later of what the rules count from the event and what the doctor
/// stated; none: never. Source: Thông tư 26/2013, Art. 5.
pub(super) fn deferral_end(
    (code, event_on): (&str, NaiveDate),
    stated: Stated,
    rules: &RuleSet,
) -> Result<Option<NaiveDate>, (&'static str, Phrase)> {
    if rules.deferral_name(code).is_none() {
        return Err(("code", Phrase::new(keys::DONORS_NO_SUCH_CODE)));
    }
    let counted = rules.deferral_end(code, event_on);
    match (counted, stated) {
        (_, Stated::Never) | (Some(Until::Never), _) => Ok(None),
        (Some(Until::Day(counted)), Stated::Until(stated)) => Ok(Some(counted.max(stated))),
        (Some(Until::Day(counted)), Stated::Nothing) => Ok(Some(counted)),
        (None, Stated::Until(stated)) => Ok(Some(stated)),
        (None, Stated::Nothing) => Err(("until", Phrase::new(keys::DONORS_UNTIL_NEEDED))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::eligibility::find_rules;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn end(code: &str, stated: Stated) -> Result<Option<NaiveDate>, &'static str> {
        let rules = find_rules("vn-2013").expect("the national rules");
        deferral_end((code, day("2026-03-10")), stated, rules).map_err(|(field, _)| field)
    }

    #[test]
    fn a_doctor_may_lengthen_a_wait_but_never_shorten_it() {
        let counted = Some(day("2026-09-10"));
        assert_eq!(end("tattoo", Stated::Nothing), Ok(counted));
        assert_eq!(end("tattoo", Stated::Until(day("2026-04-01"))), Ok(counted));
        let longer = day("2027-01-01");
        assert_eq!(end("tattoo", Stated::Until(longer)), Ok(Some(longer)));
        assert_eq!(end("tattoo", Stated::Never), Ok(None));
        assert_eq!(end("hiv", Stated::Until(longer)), Ok(None));
    }

    #[test]
    fn a_reason_without_a_wait_needs_the_doctors_word() {
        assert_eq!(end("doctor_decision", Stated::Nothing), Err("until"));
        let until = day("2026-05-01");
        assert_eq!(
            end("doctor_decision", Stated::Until(until)),
            Ok(Some(until))
        );
        assert_eq!(end("bad_mood", Stated::Nothing), Err("code"));
    }
}
