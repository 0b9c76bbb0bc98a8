//! What people and donors know of somebody who is to be written to.
use crate::donors::store;
use crate::people;
use crate::platform::app::Reaching;
use crate::platform::db::Conn;
use crate::platform::id::PersonId;
use crate::platform::notices::Reach;
use chrono::Datelike;
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
    Ok(Some(Reach {
        is_deferred: facts.is_some_and(|facts| !facts.may_give_on(today)),
        reserve: store::stands_by(conn, person, today.month())?,
        club: facts.and_then(|facts| facts.main_club),
        ..reach
    }))
}
