//! What a club's lead is asked to say, and that it was said.
use crate::donors::model::Member;
use crate::donors::store::{self, MemberFilter};
use crate::people;
use crate::platform::App;
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::id::{OrganisationId, PersonId};
use crate::platform::notices::relay::{self, NewItem, RelayItem};
use crate::platform::notices::{Purpose, Said, stops};
use crate::platform::problem::{Kind, Problem};
use chrono::{Days, NaiveDate};
use std::collections::HashMap;

/// For so many days what was not said stays on the list.
pub(in crate::donors) const DAYS: Days = Days::new(7);
/// Nobody speaks to more people in a day.
const MOST: i64 = 200;

/// Whom to speak to.
#[derive(Debug)]
pub(in crate::donors) struct Digest {
    pub(in crate::donors) lines: Vec<Line>,
}

/// One person to speak to.
#[derive(Debug)]
pub(in crate::donors) struct Line {
    pub(in crate::donors) person: PersonId,
    pub(in crate::donors) name: String,
    pub(in crate::donors) given_name: String,
    pub(in crate::donors) is_waiting: bool,
    /// What waits to be said, where it is more than that they may give again.
    pub(in crate::donors) said: Option<Said>,
    pub(in crate::donors) done_at: Option<Moment>,
}

impl Line {
    fn of(member: Member, item: Option<&RelayItem>, said: Option<(Purpose, Said)>) -> Self {
        let given_name = member.name.split_whitespace().last();
        Self {
            person: member.person,
            given_name: given_name.unwrap_or_default().to_owned(),
            name: member.name,
            said: said
                .filter(|(purpose, _)| *purpose != Purpose::Reminder)
                .map(|(_, said)| said),
            is_waiting: item.is_some_and(|item| item.done_at.is_none()),
            done_at: item.and_then(|item| item.done_at),
        }
    }
}

/// Those of a club who may give today, and those for whom a message waits.
pub(in crate::donors) fn digest(
    conn: &mut Conn,
    club: OrganisationId,
    (today, now): (NaiveDate, Moment),
) -> Result<Digest, Problem> {
    let items = relay::list(conn, club, today - DAYS)?;
    let by_person: HashMap<PersonId, RelayItem> = items
        .iter()
        .rev()
        .map(|item| (item.person, *item))
        .collect();
    let waiting: Vec<PersonId> = by_person.keys().copied().collect();
    let mut said = relay::to_say(conn, &waiting, now)?;
    let is_worth_it = |(person, item): &(&PersonId, &RelayItem)| {
        item.done_at.is_some() || said.contains_key(*person)
    };
    let worth_it = by_person.iter().filter(is_worth_it);
    let worth_it: Vec<PersonId> = worth_it.map(|(person, _)| *person).collect();
    let mut members = members(conn, (club, today), &worth_it)?;
    members.sort_by(|a, b| a.search_name.cmp(&b.search_name));
    let line = |member: Member| {
        let item = by_person.get(&member.person);
        let said = said.remove(&member.person);
        Line::of(member, item, said)
    };
    let mut lines: Vec<Line> = members.into_iter().map(line).collect();
    lines.sort_by_key(|line| (line.done_at.is_some(), !line.is_waiting));
    Ok(Digest { lines })
}

/// Who of the club may give and may be told so, and whoever else something is to be said to or was said.
fn members(
    conn: &mut Conn,
    (club, today): (OrganisationId, NaiveDate),
    others: &[PersonId],
) -> Result<Vec<Member>, Problem> {
    let may_give = MemberFilter {
        club,
        on: today,
        may_give: Some(true),
        group: None,
        name: None,
    };
    let found = store::list(conn, &may_give, (None, MOST))?;
    let mut members = without_refusals(conn, found)?;
    for person in others {
        let is_listed = members.iter().any(|member| member.person == *person);
        if !is_listed && store::is_member(conn, club, *person)? {
            members.push(store::find_member(conn, *person)?);
        }
    }
    Ok(members)
}

/// Leaves out who does not want to be reminded: of somebody who never signed in only a no counts, and a stop of
/// whatever contact holds for the lead's word too.
fn without_refusals(conn: &mut Conn, mut members: Vec<Member>) -> Result<Vec<Member>, Problem> {
    let persons: Vec<PersonId> = members.iter().map(|member| member.person).collect();
    let said = people::consents::newest(conn, &persons, people::Purpose::Reminders)?;
    let contacts = people::contacts::lookups_of(conn, &persons)?;
    let lookups: Vec<&str> = contacts.iter().map(|(_, lookup)| lookup.as_str()).collect();
    let stopped = stops::asked_among(conn, &lookups, Purpose::Reminder)?;
    let has_stopped = |member: &Member| {
        let mut theirs = contacts
            .iter()
            .filter(|(person, _)| *person == member.person);
        theirs.any(|(_, lookup)| stopped.contains(lookup))
    };
    members.retain(|member| {
        let said = said.get(&member.person).copied();
        said.unwrap_or(!member.is_claimed) && !has_stopped(member)
    });
    Ok(members)
}

/// A tick for one person of a club.
#[derive(Debug, Clone, Copy)]
pub(in crate::donors) struct Tick(NewItem);

impl Tick {
    /// At this moment; ids and today come from `app`.
    pub(in crate::donors) fn new(
        app: &App,
        (club, person): (OrganisationId, PersonId),
        created_at: Moment,
    ) -> Self {
        Self(NewItem {
            id: app.id(),
            club,
            person,
            made_on: app.today(),
            created_at,
        })
    }
}

/// Ticks a person off by somebody, or takes the tick back; somebody who is not on the list is not there.
pub(in crate::donors) fn tick(
    conn: &mut Conn,
    Tick(new): &Tick,
    by: Option<PersonId>,
) -> Result<(), Problem> {
    let done = by.map(|by| (by, new.created_at));
    if !store::is_member(conn, new.club, new.person)? {
        return Err((&Kind::NOT_FOUND).into());
    }
    let items = relay::list(conn, new.club, new.made_on - DAYS)?;
    let theirs: Vec<&RelayItem> = items
        .iter()
        .filter(|item| item.person == new.person)
        .collect();
    if theirs.is_empty() && done.is_some() {
        relay::add(conn, new)?;
        return Ok(relay::tick(conn, new.id, done)?);
    }
    for item in theirs {
        if done.is_none() && item.is_unasked() {
            relay::remove(conn, item.id)?;
        } else {
            relay::tick(conn, item.id, done)?;
        }
    }
    Ok(())
}
