//! What people and donors know of somebody who is to be written to.
use crate::donors::model::DonorFacts;
use crate::donors::rules::{self, Nights};
use crate::donors::store;
use crate::people;
use crate::platform::app::Reaching;
use crate::platform::db::Conn;
use crate::platform::id::{OrganisationId, PersonId};
use crate::platform::notices::{Purpose, Reach, Reserve};
use chrono::{Datelike, NaiveDate};
use diesel::QueryResult;

/// Where and how somebody is reached, whether they may give today, and whether they stand by; none when erased.
pub fn written_to(
    conn: &mut Conn,
    asked: &Reaching<'_>,
    person: PersonId,
) -> QueryResult<Option<Reach>> {
    let Some(reach) = people::contacts::reach(conn, asked, person)? else {
        return Ok(None);
    };
    let today = asked.now.date_in(reach.to.zone);
    let facts = store::facts(conn, person)?;
    let reserve = match facts {
        // Who took back the word to be called stands by no more.
        Some(facts) if facts.opted_in && asked.purpose.regards_reserve() => {
            reserve(conn, asked, (person, &facts), today)?
        }
        _ => Reserve::Outside,
    };
    Ok(Some(Reach {
        is_deferred: facts.is_some_and(|facts| !facts.may_give_on(today)),
        reserve,
        club: facts.and_then(|facts| facts.main_club),
        ..reach
    }))
}

/// Whether they stand by; for a reminder also whether their reserve can do without them until they may give again.
fn reserve(
    conn: &mut Conn,
    asked: &Reaching<'_>,
    (person, facts): (PersonId, &DonorFacts),
    today: NaiveDate,
) -> QueryResult<Reserve> {
    let month = today.month();
    let duties = store::duties(conn, person)?;
    let reserve = match rules::stands_by(&duties, month) {
        None => return Ok(Reserve::Outside),
        Some(Nights::Off) => Reserve::Day,
        Some(Nights::On) => Reserve::Nights,
    };
    let group = facts.blood_group;
    let group = group.filter(|_| asked.purpose == Purpose::Reminder);
    let Some(group) = group else {
        return Ok(reserve);
    };
    let clubs: Vec<OrganisationId> = duties.iter().map(|duty| duty.club).collect();
    let others = store::ready_beside(conn, person, (&clubs, group), today)?;
    let is_covered = rules::is_covered_without(&duties, &others, (month, asked.reserve_cover));
    Ok(if is_covered {
        reserve
    } else {
        Reserve::BelowCover
    })
}
