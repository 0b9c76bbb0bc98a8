//! Whom a call may ask beside the nearest: those who stand by, everyone of a province or the nation; and how many
//! fall out at each question.
use super::super::model::{Months, NOWHERE};
use super::super::reach::{Candidate, Duty, Funnel, Need, Standby};
use super::nearest::{Row, measured, nearest};
use crate::platform::db::Conn;
use crate::platform::db::schema::{donors, organisation_ancestors, people, reserve_pledges};
use crate::platform::grid::cells_within;
use crate::platform::id::OrganisationId;
use chrono::NaiveDate;
use diesel::prelude::*;
use std::collections::HashSet;

/// Nobody goes farther than this. Source: `migrations`, `reserve_pledges.max_km`.
const FARTHEST_KM: f64 = 500.0;

/// Donors who agreed to be called, have one of the groups, may give that day and were left in peace long enough.
macro_rules! may_be_asked {
    ($need:expr) => {{
        let blood: Vec<i16> = $need.groups.iter().map(|group| group.index()).collect();
        let is_young_enough = donors::available_until
            .is_null()
            .or(donors::available_until.ge(Some($need.on)));
        donors::opted_in
            .and(donors::blood.eq_any(blood))
            .and(donors::available_from.le($need.on))
            .and(donors::last_asked_on.lt($need.not_asked_since))
            .and(is_young_enough.assume_not_null())
    }};
}

/// Those who stand by at these hours and would come so far: tested ones first, then the nearest.
pub fn standing_by(conn: &mut Conn, need: &Need, duty: Duty) -> QueryResult<Vec<Standby>> {
    let standby = |(row, (club, max_km, nights, months, tested_on)): Found| {
        let candidate = measured(need.at, vec![row]).next()?;
        let is_near = candidate.distance_m <= i64::from(max_km) * 1000;
        let is_on = Months(months).has(duty.month) && (nights || !duty.is_night);
        (is_near && is_on).then_some(Standby {
            candidate,
            tested_on,
            club,
            nights,
        })
    };
    let mut found: Vec<Standby> = pledged(conn, need)?
        .into_iter()
        .filter_map(standby)
        .collect();
    found.sort_by_key(|one| (one.tested_on.is_none(), one.candidate));
    let mut seen = HashSet::new();
    found.retain(|one| seen.insert(one.candidate.person));
    found.truncate(need.limit);
    Ok(found)
}

/// Where a donor lives and which group, and what they pledged to a club.
type Found = (Row, (OrganisationId, i32, bool, i32, Option<NaiveDate>));

/// The pledges of all who may be asked around a place. SQLite takes an inner question for a short one, and looks up whom it
/// names; without it, it reads all donors and then who of them stands by.
fn pledged(conn: &mut Conn, need: &Need) -> QueryResult<Vec<Found>> {
    let (low, high) = need.at.surroundings(FARTHEST_KM);
    let pledges = diesel::alias!(reserve_pledges as pledges);
    let standing_by = pledges.select(pledges.field(reserve_pledges::person));
    reserve_pledges::table
        .inner_join(donors::table.on(donors::person.eq(reserve_pledges::person)))
        .filter(donors::person.eq_any(standing_by))
        .filter(may_be_asked!(need))
        .filter(donors::cell.ne(NOWHERE))
        .filter(donors::latitude.between(low.latitude(), high.latitude()))
        .order((reserve_pledges::person, reserve_pledges::club))
        .select((
            (
                donors::person,
                donors::latitude,
                donors::longitude,
                donors::blood,
            ),
            (
                reserve_pledges::club,
                reserve_pledges::max_km,
                reserve_pledges::nights,
                reserve_pledges::months,
                reserve_pledges::tested_on,
            ),
        ))
        .load(conn)
}

/// Everyone suitable who lives in the province or within reach, or in the whole nation; nearest first.
pub fn suitable(
    conn: &mut Conn,
    need: &Need,
    province: Option<OrganisationId>,
) -> QueryResult<Vec<Candidate>> {
    let mut all = donors::table
        .inner_join(people::table.on(people::id.eq(donors::person)))
        .filter(may_be_asked!(need))
        .select((
            donors::person,
            donors::latitude,
            donors::longitude,
            donors::blood,
        ))
        .into_boxed();
    if let Some(province) = province {
        let communes = organisation_ancestors::table
            .filter(organisation_ancestors::ancestor.eq(province))
            .select(organisation_ancestors::descendant.nullable());
        all = all.filter(people::commune.eq_any(communes));
    }
    let rows: Vec<Row> = all.load(conn)?;
    let mut found: Vec<Candidate> = measured(need.at, rows).collect();
    found.extend(nearest(conn, need)?);
    found.sort_unstable();
    let mut seen = HashSet::new();
    found.retain(|one| seen.insert(one.person));
    found.truncate(need.limit);
    Ok(found)
}

/// How many of all donors fall out at each question; whether they rest is not asked.
pub fn funnel(conn: &mut Conn, need: &Need) -> QueryResult<Funnel> {
    let blood: Vec<i16> = need.groups.iter().map(|group| group.index()).collect();
    let of_group = || donors::table.filter(donors::blood.eq_any(blood.clone()));
    let cells = cells_within(need.at, need.within_km);
    let is_young_enough = donors::available_until
        .is_null()
        .or(donors::available_until.ge(Some(need.on)));
    let may_give = donors::available_from
        .le(need.on)
        .and(is_young_enough.assume_not_null());
    let near = || of_group().filter(donors::cell.eq_any(cells.clone()));
    let willing = || near().filter(donors::opted_in);
    let everybody: i64 = donors::table.count().get_result(conn)?;
    let with_group: i64 = of_group().count().get_result(conn)?;
    let around: i64 = near().count().get_result(conn)?;
    let agreed: i64 = willing().count().get_result(conn)?;
    let left: i64 = willing().filter(may_give).count().get_result(conn)?;
    Ok(Funnel {
        group: everybody - with_group,
        too_far: with_group - around,
        no_consent: around - agreed,
        not_eligible: agreed - left,
        left,
    })
}
