//! Whether somebody stands by, and whether a reserve can do without them for a while.
use crate::donors::model::{Months, Pledge};
use crate::platform::id::OrganisationId;

/// Whether who stands by may be called at night.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::donors) enum Nights {
    /// Yes.
    On,
    /// By day only.
    Off,
}

/// Whether somebody stands by in this month of the year: no, or whether at night too.
pub(in crate::donors) fn stands_by(duties: &[Pledge], month: u32) -> Option<Nights> {
    let mut nights = on(duties, month).map(|duty| duty.nights);
    let first = nights.next()?;
    let is_on = first || nights.any(|nights| nights);
    Some(if is_on { Nights::On } else { Nights::Off })
}

/// Whether each reserve somebody stands by for this month keeps so many others ready of their group.
/// Source: the rule of the field that a reserve is never reminded below its cover.
pub(in crate::donors) fn is_covered_without(
    duties: &[Pledge],
    others: &[(OrganisationId, Months)],
    (month, cover): (u32, usize),
) -> bool {
    on(duties, month).all(|duty| {
        let ready = others.iter();
        let ready = ready.filter(|(club, months)| *club == duty.club && months.has(month));
        ready.count() >= cover
    })
}

fn on(duties: &[Pledge], month: u32) -> impl Iterator<Item = &Pledge> {
    duties.iter().filter(move |duty| duty.months.has(month))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::id::PersonId;
    use uuid::Uuid;

    fn club(number: u128) -> OrganisationId {
        OrganisationId(Uuid::from_u128(number))
    }

    /// The word given to a club; to the second one for nights too.
    fn word(number: u128, months: &[u32]) -> Pledge {
        Pledge {
            club: club(number),
            person: PersonId(Uuid::from_u128(9)),
            max_km: 20,
            nights: number == 2,
            months: Months::of(months).expect("months"),
            tested_on: None,
        }
    }

    #[test]
    fn one_stands_by_in_the_months_one_gave() {
        let both = [word(1, &[1, 2]), word(2, &[2])];
        assert_eq!(stands_by(&both, 1), Some(Nights::Off));
        assert_eq!(stands_by(&both, 2), Some(Nights::On));
        assert_eq!(stands_by(&both, 3), None);
    }

    #[test]
    fn a_reserve_does_without_somebody_while_enough_others_are_ready() {
        let mine = [word(1, &[1, 2]), word(2, &[2])];
        let ready =
            |number: u128, months: &[u32]| (club(number), Months::of(months).expect("months"));
        let others = [ready(1, &[1, 2]), ready(1, &[1]), ready(2, &[2])];
        let is_covered = |month, cover| is_covered_without(&mine, &others, (month, cover));
        assert!(is_covered(1, 2), "two others of the first club");
        assert!(!is_covered(1, 3));
        assert!(!is_covered(2, 2), "one other in each club");
        assert!(is_covered(2, 1));
        assert!(is_covered(3, 9), "nobody waits for them in March");
    }

    #[test]
    fn one_club_that_is_short_is_enough() {
        let mine = [word(1, &[1]), word(2, &[1])];
        let others = [(club(1), Months::ALL)];
        assert!(!is_covered_without(&mine, &others, (1, 1)));
    }
}
