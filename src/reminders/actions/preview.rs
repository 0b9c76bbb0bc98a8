//! Who would be reminded on a day and who would not, before it happens: of a return, and once more after it.
use super::looking::guard;
use crate::people::{Purpose, consents};
use crate::platform::config::Settings;
use crate::platform::db::Conn;
use crate::platform::id::{OrganisationId, PersonId};
use crate::platform::notices::Judge;
use crate::platform::problem::Problem;
use crate::reminders::letters::group;
use crate::reminders::model::{
    About, Candidate, FOLLOW_UP, LATER, RETURNED, Reason, Round, rounds, window,
};
use crate::reminders::rules::{Booking, Case, Club, Group, Told, Wish, may_follow, may_remind};
use crate::reminders::store::{self, Position};
use chrono::NaiveDate;
use diesel::QueryResult;
use std::collections::{HashMap, HashSet};

/// Whose reminders are looked at: on which day, of which clubs, after whom, and how many.
#[derive(Debug, Clone)]
pub(in crate::reminders) struct Looking {
    pub(in crate::reminders) on: NaiveDate,
    pub(in crate::reminders) today: NaiveDate,
    pub(in crate::reminders) bodies: Vec<OrganisationId>,
    pub(in crate::reminders) within: Option<OrganisationId>,
    pub(in crate::reminders) after: Option<Position>,
    pub(in crate::reminders) most: i64,
}

/// Somebody, how many days after theirs they are told once more, and why they would not be.
#[derive(Debug, Clone)]
pub(in crate::reminders) struct Looked {
    pub(in crate::reminders) who: Candidate,
    pub(in crate::reminders) after: Option<i64>,
    pub(in crate::reminders) reason: Option<Reason>,
}

/// Who would be reminded on a day and who would not, with the reason.
pub(in crate::reminders) fn preview(
    conn: &mut Conn,
    (settings, judge): (&Settings, &Judge),
    looking: &Looking,
) -> Result<Vec<Looked>, Problem> {
    let around = Around::new(settings, looking);
    let bodies = match looking.within {
        Some(within) => {
            guard(conn, &looking.bodies, within)?;
            vec![within]
        }
        None => looking.bodies.clone(),
    };
    let page = (looking.after.as_ref(), looking.most);
    let rows = store::candidates(conn, &bodies, &around.days(), page)?;
    let around = around.asking(conn, &rows)?;
    let mut policies = HashMap::new();
    let mut looked = Vec::new();
    for row in rows {
        let group = kept(conn, settings, (&row, &mut policies))?;
        let seen = around.look(row, group);
        looked.push(allowed(conn, judge, seen)?);
    }
    Ok(looked)
}

/// With what the rules of contact say to whoever the facts let be reminded.
fn allowed(conn: &mut Conn, judge: &Judge, looked: Looked) -> QueryResult<Looked> {
    if looked.reason.is_some() {
        return Ok(looked);
    }
    let judged = judge.ask(conn, looked.who.person, RETURNED.purpose)?;
    Ok(Looked {
        reason: judged.verdict.err().and_then(Reason::of),
        ..looked
    })
}

/// What is known of the day, and of the people of a page, asked in one question each.
struct Around {
    on: NaiveDate,
    today: NaiveDate,
    look_back: i64,
    rounds: Vec<Round>,
    booked: HashSet<PersonId>,
    told: HashMap<(PersonId, String, String), String>,
    paused: HashSet<OrganisationId>,
    sharing: HashMap<PersonId, bool>,
}

impl Around {
    fn new(settings: &Settings, looking: &Looking) -> Self {
        Self {
            on: looking.on,
            today: looking.today,
            look_back: settings.reminders.look_back_days,
            rounds: rounds(looking.on, &settings.reminders.follow_up_days),
            booked: HashSet::new(),
            told: HashMap::new(),
            paused: HashSet::new(),
            sharing: HashMap::new(),
        }
    }

    /// Every day that is told of on this one.
    fn days(&self) -> Vec<NaiveDate> {
        let windows = self.rounds.iter();
        windows
            .map(|round| window(round.on, self.look_back))
            .flat_map(|(first, last)| first.iter_days().take_while(move |day| *day <= last))
            .collect()
    }

    fn asking(self, conn: &mut Conn, rows: &[Candidate]) -> QueryResult<Self> {
        let people: Vec<PersonId> = rows.iter().map(|row| row.person).collect();
        Ok(Self {
            booked: store::booked_among(conn, &people, self.on)?,
            told: store::told(conn, &people)?,
            paused: store::paused_bodies(conn, self.on)?,
            sharing: consents::newest(conn, &people, Purpose::ClubSharing)?,
            ..self
        })
    }

    /// What became of a message of this kind about their day.
    fn fate(&self, row: &Candidate, kind: &str, after: Option<i64>) -> Option<&str> {
        let due_on = row.available_from;
        let about = About { due_on, after }.text();
        let key = (row.person, kind.to_owned(), about);
        self.told.get(&key).map(String::as_str)
    }

    /// Which message it is on this day; of two whose days overlap, the first until it left.
    fn round(&self, row: &Candidate) -> Option<i64> {
        let is_told = self.fate(row, RETURNED.name, None) == Some("sent");
        let reaches = |round: &&Round| {
            let (first, last) = window(round.on, self.look_back);
            (first..=last).contains(&row.available_from)
        };
        let mut of_theirs = self.rounds.iter().filter(reaches).map(|round| round.after);
        if is_told {
            of_theirs.next_back().flatten()
        } else {
            of_theirs.next().flatten()
        }
    }

    fn look(&self, row: Candidate, group: Group) -> Looked {
        let after = self.round(&row);
        let reason = may_remind(&self.case(&row, after, group)).err();
        let overtaken = after.and_then(|_| self.overtaken(&row));
        // A second message that was dropped for one of these has its row all the same.
        let reason = match reason {
            None | Some(Reason::Told) => overtaken.or(reason),
            other => other,
        };
        Looked {
            who: self.shown(row),
            after,
            reason,
        }
    }

    /// As when it leaves: a second message follows a first that left, or that is still to leave.
    fn overtaken(&self, row: &Candidate) -> Option<Reason> {
        let is_ahead = row.available_from >= window(self.today, self.look_back).0;
        let fate = match self.fate(row, RETURNED.name, None) {
            None | Some("waiting") if is_ahead => Some("sent"),
            known => known,
        };
        let later = self.fate(row, LATER.name, None);
        may_follow(fate, later).err()
    }

    fn case(&self, row: &Candidate, after: Option<i64>, group: Group) -> Case {
        let kind = if after.is_some() { FOLLOW_UP } else { RETURNED };
        let fate = self.fate(row, kind.name, after);
        Case {
            due_on: row.available_from,
            available_from: row.available_from,
            available_until: row.available_until,
            today: self.on,
            wish: Wish::of(row.wants),
            booking: Booking::of(self.booked.contains(&row.person)),
            group,
            club: Club::of(self.paused.contains(&row.club)),
            told: Told::of(fate.is_some_and(|state| state != "waiting")),
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
