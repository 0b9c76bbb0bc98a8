//! What coordinators see before reminders go out, and how they hold them back.
use crate::organisations;
use crate::platform::clock::Moment;
use crate::platform::config::Settings;
use crate::platform::db::Conn;
use crate::platform::id::{OrganisationId, PersonId};
use crate::platform::problem::{Kind, Problem};
use crate::registrations::model::Deed;
use crate::reminders::letters::group;
use crate::reminders::model::{Candidate, DayResult, Paused, Reason, window};
use crate::reminders::rules::{Booking, Case, Club, Group, Told, Wish, may_remind};
use crate::reminders::store::{self, Position};
use chrono::NaiveDate;
use chrono_tz::Tz;
use diesel::QueryResult;
use std::collections::{HashMap, HashSet};

/// Lets no reminders go out for a body up to this day, or lets them go again.
pub(in crate::reminders) fn set_pause(
    conn: &mut Conn,
    deed: &Deed,
    bodies: &[OrganisationId],
    (body, until): (OrganisationId, Option<NaiveDate>),
) -> Result<(), Problem> {
    guard(conn, bodies, body)?;
    match until {
        Some(until) => store::pause(conn, body, until, (deed.by, deed.now))?,
        None => store::lift(conn, body)?,
    }
    Ok(())
}

/// The pause that holds for a body, its own or that of one above.
pub(in crate::reminders) fn show_pause(
    conn: &mut Conn,
    bodies: &[OrganisationId],
    body: OrganisationId,
    on: NaiveDate,
) -> Result<Option<Paused>, Problem> {
    guard(conn, bodies, body)?;
    Ok(store::pause_of(conn, body, on)?)
}

fn guard(conn: &mut Conn, bodies: &[OrganisationId], body: OrganisationId) -> Result<(), Problem> {
    if organisations::covers(conn, bodies, body)? {
        Ok(())
    } else {
        Err((&Kind::NOT_FOUND).into())
    }
}

/// Whose reminders are looked at: on which day, of which clubs, after whom, and how many.
#[derive(Debug, Clone)]
pub(in crate::reminders) struct Looking {
    pub(in crate::reminders) on: NaiveDate,
    pub(in crate::reminders) bodies: Vec<OrganisationId>,
    pub(in crate::reminders) within: Option<OrganisationId>,
    pub(in crate::reminders) after: Option<Position>,
    pub(in crate::reminders) most: i64,
}

/// Somebody, and why they would not be reminded.
pub(in crate::reminders) type Looked = (Candidate, Option<Reason>);

/// Who would be reminded on a day and who would not, with the reason.
pub(in crate::reminders) fn preview(
    conn: &mut Conn,
    settings: &Settings,
    looking: &Looking,
) -> Result<Vec<Looked>, Problem> {
    let days = window(looking.on, settings.reminders.look_back_days);
    let bodies = match looking.within {
        Some(within) => {
            guard(conn, &looking.bodies, within)?;
            vec![within]
        }
        None => looking.bodies.clone(),
    };
    let after = looking.after.as_ref();
    let rows = store::candidates(conn, &bodies, days, after, looking.most)?;
    let around = Around::of(conn, &rows, looking.on)?;
    let mut policies = HashMap::new();
    let mut looked = Vec::new();
    for row in rows {
        let group = kept(conn, settings, (&row, &mut policies))?;
        let reason = may_remind(&around.case(&row, group)).err();
        looked.push((around.shown(row), reason));
    }
    Ok(looked)
}

/// What is known of the people of a page, asked in one question each.
struct Around {
    on: NaiveDate,
    booked: HashSet<PersonId>,
    settled: HashMap<(PersonId, String), String>,
    paused: HashSet<OrganisationId>,
    sharing: HashMap<PersonId, bool>,
}

impl Around {
    fn of(conn: &mut Conn, rows: &[Candidate], on: NaiveDate) -> QueryResult<Self> {
        let people: Vec<PersonId> = rows.iter().map(|row| row.person).collect();
        Ok(Self {
            on,
            booked: store::booked_among(conn, &people, on)?,
            settled: store::settled(conn, &people)?,
            paused: store::paused_bodies(conn, on)?,
            sharing: store::sharing(conn, &people)?,
        })
    }

    fn case(&self, row: &Candidate, group: Group) -> Case {
        let key = (row.person, row.available_from.to_string());
        let is_told = self
            .settled
            .get(&key)
            .is_some_and(|state| state != "waiting");
        Case {
            due_on: row.available_from,
            available_from: row.available_from,
            available_until: row.available_until,
            today: self.on,
            wish: Wish::of(row.wants),
            booking: Booking::of(self.booked.contains(&row.person)),
            group,
            club: Club::of(self.paused.contains(&row.club)),
            told: Told::of(is_told),
        }
    }

    /// Without the name of who does not let others see that they may give; who was only listed is seen by their club.
    fn shown(&self, mut row: Candidate) -> Candidate {
        let shares = self.sharing.get(&row.person).is_some_and(|yes| *yes);
        row.name = row.name.filter(|_| shares || !row.is_claimed);
        row
    }
}

/// What a club decided of its Rh− donors is asked once per club.
fn kept(
    conn: &mut Conn,
    settings: &Settings,
    (row, policies): (&Candidate, &mut HashMap<OrganisationId, Group>),
) -> Result<Group, Problem> {
    if !row.is_rh_negative {
        return Ok(Group::Reminded);
    }
    if let Some(known) = policies.get(&row.club) {
        return Ok(*known);
    }
    let decided = group(conn, settings, Some(row.club))?;
    policies.insert(row.club, decided);
    Ok(decided)
}

/// What became of the reminders of each of these days, of the clubs below these bodies.
pub(in crate::reminders) fn results(
    conn: &mut Conn,
    bodies: &[OrganisationId],
    (from, to): (NaiveDate, NaiveDate),
    zone: Tz,
) -> QueryResult<Vec<(NaiveDate, DayResult)>> {
    let mut results = Vec::new();
    for day in from.iter_days().take_while(|day| *day <= to) {
        let begins = Moment::at_hour(day, 0, zone);
        let ends = day
            .succ_opt()
            .and_then(|next| Moment::at_hour(next, 0, zone));
        if let (Some(begins), Some(ends)) = (begins, ends) {
            results.push((day, store::of_day(conn, bodies, (begins, ends))?));
        }
    }
    Ok(results)
}
