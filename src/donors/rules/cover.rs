//! Whether those who stand by cover a night: by group and commune, and where there are gaps.
use crate::blood::BloodGroup;
use crate::donors::model::{Months, Reserved, home};
use crate::platform::id::{OrganisationId, PersonId};
use crate::platform::text::Coordinates;
use chrono::{Datelike, NaiveDate};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use utoipa::ToSchema;

/// From where and for which day it is counted.
#[derive(Debug, Clone, Copy)]
pub(in crate::donors) struct Place {
    /// Where the body is, if that is known.
    pub(in crate::donors) at: Option<Coordinates>,
    /// How far is near.
    pub(in crate::donors) near_km: f64,
    /// The day.
    pub(in crate::donors) today: NaiveDate,
}

/// How a reserve covers this night.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub(in crate::donors) struct Cover {
    /// How far counts as near.
    within_km: f64,
    /// So many of a group are wanted near, at night.
    wanted: usize,
    /// Every group, in the usual order.
    groups: Vec<GroupCover>,
    /// Groups of which fewer than wanted could come this night.
    #[schema(value_type = Vec<String>)]
    gaps: Vec<BloodGroup>,
    /// Those who stand by, by commune; null: it is not known where they live.
    communes: Vec<CommuneCover>,
}

/// How one group is covered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(in crate::donors) struct GroupCover {
    #[schema(value_type = String)]
    blood_group: BloodGroup,
    /// Who gave their word.
    standing_by: usize,
    /// Of them, who may give today, agreed to be called and stands by in this month.
    ready: usize,
    /// Of those, who may be asked at night.
    tonight: usize,
    /// Of those, who live near; null where it is not known where the body is.
    tonight_near: Option<usize>,
    is_gap: bool,
}

/// How many stand by in one commune.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(in crate::donors) struct CommuneCover {
    commune: Option<OrganisationId>,
    /// Its name.
    name: Option<String>,
    standing_by: usize,
}

/// Counts who stands by; somebody who gave their word to several clubs counts once.
pub(in crate::donors) fn cover(reserved: &[Reserved], place: &Place, wanted: usize) -> Cover {
    let groups: Vec<GroupCover> = BloodGroup::ALL
        .into_iter()
        .map(|group| of_group(reserved, place, (group, wanted)))
        .collect();
    let gaps = groups.iter().filter(|group| group.is_gap);
    Cover {
        within_km: place.near_km,
        wanted,
        gaps: gaps.map(|group| group.blood_group).collect(),
        groups,
        communes: communes(reserved),
    }
}

fn of_group(
    reserved: &[Reserved],
    place: &Place,
    (group, wanted): (BloodGroup, usize),
) -> GroupCover {
    let theirs = || reserved.iter().filter(|one| one.blood_group == Some(group));
    let ready = || theirs().filter(|one| is_ready(one, place.today));
    let nights = || ready().filter(|one| one.nights);
    let near = place.at.map(|at| {
        let near = nights().filter(|one| is_near(one, at, place.near_km));
        count(near.map(|one| one.person))
    });
    let tonight = count(nights().map(|one| one.person));
    GroupCover {
        blood_group: group,
        standing_by: count(theirs().map(|one| one.person)),
        ready: count(ready().map(|one| one.person)),
        tonight,
        tonight_near: near,
        is_gap: near.unwrap_or(tonight) < wanted,
    }
}

fn count(people: impl Iterator<Item = PersonId>) -> usize {
    people.collect::<BTreeSet<_>>().len()
}

fn is_ready(one: &Reserved, today: NaiveDate) -> bool {
    let (from, until) = one.available;
    one.opted_in
        && from <= today
        && until.is_none_or(|last| today <= last)
        && Months(one.months).has(today.month())
}

fn is_near(one: &Reserved, at: Coordinates, near_km: f64) -> bool {
    let metres = home(one.at).map(|home| at.metres_to(home));
    let metres = metres.and_then(|metres| i32::try_from(metres).ok());
    metres.is_some_and(|metres| f64::from(metres) <= near_km * 1000.0)
}

fn communes(reserved: &[Reserved]) -> Vec<CommuneCover> {
    let mut people: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
    for one in reserved {
        let (commune, name) = &one.commune;
        people
            .entry((name.as_deref(), *commune))
            .or_default()
            .insert(one.person);
    }
    let rows = people
        .into_iter()
        .map(|((name, commune), people)| CommuneCover {
            commune,
            name: name.map(str::to_owned),
            standing_by: people.len(),
        });
    rows.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn day() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 12, 31).unwrap()
    }

    fn standby(person: u128) -> Reserved {
        Reserved {
            person: Uuid::from_u128(person).into(),
            blood_group: Some(BloodGroup::ONegative),
            available: (day(), None),
            opted_in: true,
            at: (21.03, 105.85, 1),
            nights: true,
            months: 4095,
            commune: (None, None),
        }
    }

    fn o_negative(reserved: &[Reserved]) -> (usize, usize, usize, Option<usize>, bool) {
        let place = Place {
            at: Coordinates::parse(21.0, 105.85).ok(),
            near_km: 10.0,
            today: day(),
        };
        let cover = cover(reserved, &place, 2);
        let group = cover
            .groups
            .into_iter()
            .find(|one| one.blood_group == BloodGroup::ONegative);
        let group = group.unwrap();
        (
            group.standing_by,
            group.ready,
            group.tonight,
            group.tonight_near,
            group.is_gap,
        )
    }

    #[test]
    fn two_near_tonight_are_no_gap_and_a_second_club_does_not_make_them_three() {
        let all = [standby(1), standby(2), standby(2)];
        assert_eq!(o_negative(&all), (2, 2, 2, Some(2), false));
    }

    #[test]
    fn who_is_far_sleeps_rests_or_has_the_month_off_leaves_a_gap() {
        let far = Reserved {
            at: (10.8, 106.7, 1),
            ..standby(2)
        };
        assert_eq!(o_negative(&[standby(1), far]), (2, 2, 2, Some(1), true));
        let sleeps = Reserved {
            nights: false,
            ..standby(2)
        };
        assert_eq!(o_negative(&[standby(1), sleeps]), (2, 2, 1, Some(1), true));
        let tomorrow = day().succ_opt().unwrap();
        let rests = Reserved {
            available: (tomorrow, None),
            ..standby(2)
        };
        assert_eq!(o_negative(&[standby(1), rests]), (2, 1, 1, Some(1), true));
        let january = Reserved {
            months: 1,
            ..standby(2)
        };
        assert_eq!(o_negative(&[standby(1), january]), (2, 1, 1, Some(1), true));
        let withdrawn = Reserved {
            opted_in: false,
            ..standby(2)
        };
        assert_eq!(
            o_negative(&[standby(1), withdrawn]),
            (2, 1, 1, Some(1), true)
        );
    }

    #[test]
    fn months_are_kept_as_they_were_said() {
        assert_eq!(Months::of(&[1, 12, 1]).unwrap().list(), [1, 12]);
        assert_eq!(Months::ALL.list().len(), 12);
        for wrong in [&[][..], &[0], &[13]] {
            assert_eq!(Months::of(wrong), None);
        }
    }
}
