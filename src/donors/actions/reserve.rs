//! Standing by for emergencies: a donor gives and takes back their word, a club keeps who gave it.
use crate::donors::model::{Months, Pledge};
use crate::donors::rules::Refusal;
use crate::donors::store;
use crate::organisations;
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::id::{OrganisationId, PersonId};
use crate::platform::language::{Phrase, keys};
use crate::platform::problem::{Kind, Problem};
use chrono::NaiveDate;

/// How somebody stands by, for all their clubs.
#[derive(Debug, Clone)]
pub(in crate::donors) struct Standing {
    pub(in crate::donors) clubs: Vec<OrganisationId>,
    pub(in crate::donors) max_km: i32,
    pub(in crate::donors) nights: bool,
    pub(in crate::donors) months: Months,
    pub(in crate::donors) today: NaiveDate,
}

/// Stands by for exactly these clubs from now on; for none: not any more. What a club noted of tests stays.
pub(in crate::donors) fn stand_by(
    conn: &mut Conn,
    person: PersonId,
    standing: &Standing,
    now: Moment,
) -> Result<(), Problem> {
    if !standing.clubs.is_empty() {
        willing(conn, person)?;
    }
    for club in &standing.clubs {
        check_club(conn, *club, standing.today)?;
        let before = store::pledge_of(conn, *club, person)?;
        let pledge = Pledge {
            club: *club,
            person,
            max_km: standing.max_km,
            nights: standing.nights,
            months: standing.months,
            tested_on: before.and_then(|before| before.tested_on),
        };
        store::put_pledge(conn, &pledge, (person, now))?;
    }
    Ok(store::withdraw_others(conn, person, &standing.clubs)?)
}

/// Who stands by agreed to be asked in an emergency.
fn willing(conn: &mut Conn, person: PersonId) -> Result<(), Problem> {
    if store::is_calling(conn, person)? {
        Ok(())
    } else {
        Err(Refusal::CallsConsentNeeded.into())
    }
}

fn check_club(conn: &mut Conn, club: OrganisationId, today: NaiveDate) -> Result<(), Problem> {
    let found = organisations::find(conn, club).map_err(Problem::from);
    match found {
        Ok(body) if body.is_valid_on(today) => Ok(()),
        Err(problem) if problem.kind() != &Kind::NOT_FOUND => Err(problem),
        Ok(_) | Err(_) => {
            let unknown = Phrase::new(keys::DONORS_NO_SUCH_CLUB);
            Err(Problem::field("clubs", unknown))
        }
    }
}

/// Puts a member on the club's roster as the club knows it, or changes what stands there.
pub(in crate::donors) fn put_on_roster(
    conn: &mut Conn,
    pledge: &Pledge,
    (by, now): (PersonId, Moment),
) -> Result<(), Problem> {
    let stands = store::pledge_of(conn, pledge.club, pledge.person)?.is_some();
    if !stands && !store::is_member(conn, pledge.club, pledge.person)? {
        return Err((&Kind::NOT_FOUND).into());
    }
    willing(conn, pledge.person)?;
    Ok(store::put_pledge(conn, pledge, (by, now))?)
}

/// Takes somebody off the club's roster.
pub(in crate::donors) fn take_off_roster(
    conn: &mut Conn,
    club: OrganisationId,
    person: PersonId,
) -> Result<(), Problem> {
    if store::withdraw(conn, club, person)? {
        Ok(())
    } else {
        Err((&Kind::NOT_FOUND).into())
    }
}
