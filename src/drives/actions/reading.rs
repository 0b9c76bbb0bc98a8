//! What anyone may see of drives: one, its numbers, lists.
use crate::drives::model::{Drive, DriveState, Reach, SessionId};
use crate::drives::rules::{Around, Filter, Sees};
use crate::drives::store::tallies::{self, Sums};
use crate::drives::store::{self, ByDay, ByDistance, Card, Detail, Programme, SessionRow};
use crate::organisations;
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::http::{Page, Paged};
use crate::platform::id::{DriveId, OrganisationId};
use crate::platform::problem::{Kind, Problem};
use diesel::QueryResult;

/// Events of one calendar; more would be of no use on a phone.
const MOST_EVENTS: i64 = 1000;

/// A drive as it is shown.
#[derive(Debug, Clone)]
pub(in crate::drives) struct Whole {
    pub(in crate::drives) detail: Detail,
    pub(in crate::drives) programmes: Vec<Programme>,
}

/// A drive, if it is public or within the caller's reach.
pub(in crate::drives) fn show(
    conn: &mut Conn,
    id: DriveId,
    reach: &Reach,
    now: Moment,
) -> Result<Whole, Problem> {
    let detail = store::detail(conn, id, now)?;
    if !is_public(&detail.drive) {
        store::find_staffed(conn, id, reach)?;
    }
    let programmes = store::programmes_of(conn, id)?;
    Ok(Whole { detail, programmes })
}

/// A drive in numbers.
#[derive(Debug, Clone)]
pub(in crate::drives) struct Live {
    pub(in crate::drives) detail: Detail,
    pub(in crate::drives) sums: Sums,
}

/// A public drive with its sums; nobody sees drafts and hidden ones here.
pub(in crate::drives) fn live(conn: &mut Conn, id: DriveId, now: Moment) -> Result<Live, Problem> {
    let detail = store::detail(conn, id, now)?;
    if !is_public(&detail.drive) {
        return Err((&Kind::NOT_FOUND).into());
    }
    let sums = tallies::of_drive(conn, id)?;
    Ok(Live { detail, sums })
}

/// A drive without its sessions, under the same condition.
pub(in crate::drives) fn glance(
    conn: &mut Conn,
    id: DriveId,
    reach: &Reach,
) -> Result<Drive, Problem> {
    let drive = store::find(conn, id)?;
    if is_public(&drive) {
        Ok(drive)
    } else {
        Ok(store::find_staffed(conn, id, reach)?)
    }
}

fn is_public(drive: &Drive) -> bool {
    !drive.is_hidden && drive.state != DriveState::Draft
}

/// A drive in a list; its distance when a point was given.
#[derive(Debug, Clone)]
pub(in crate::drives) struct Listed {
    pub(in crate::drives) card: Card,
    pub(in crate::drives) distance_m: Option<i64>,
}

/// One page of drives by day. Coordinators of the asked body see everything it holds.
pub(in crate::drives) fn list_by_day(
    conn: &mut Conn,
    filter: Filter,
    page: &Page<ByDay>,
    bodies: &[OrganisationId],
) -> QueryResult<Paged<Listed>> {
    let filter = seen(conn, filter, bodies)?;
    let found = store::by_day(conn, &filter, page.after, page.reach())?;
    let paged = page.cut(found, |(key, _)| *key);
    let ids: Vec<SessionId> = paged.items.iter().map(|(_, session)| *session).collect();
    let cards = store::cards(conn, &ids, filter.period)?;
    Ok(Paged {
        items: cards
            .into_iter()
            .map(|card| Listed {
                card,
                distance_m: None,
            })
            .collect(),
        next: paged.next,
    })
}

/// One page of drives around a point, nearest first.
pub(in crate::drives) fn list_near(
    conn: &mut Conn,
    (filter, around): (Filter, Around),
    page: &Page<ByDistance>,
    bodies: &[OrganisationId],
) -> QueryResult<Paged<Listed>> {
    let filter = seen(conn, filter, bodies)?;
    let mut found = store::by_distance(conn, &filter, around)?;
    found.retain(|(key, _)| page.after.is_none_or(|after| *key > after));
    let paged = page.cut(found, |(key, _)| *key);
    let ids: Vec<SessionId> = paged.items.iter().map(|(_, session)| *session).collect();
    let cards = store::cards(conn, &ids, filter.period)?;
    let distances = paged.items.into_iter().map(|((metres, _), _)| Some(metres));
    Ok(Paged {
        items: cards
            .into_iter()
            .zip(distances)
            .map(|(card, distance_m)| Listed { card, distance_m })
            .collect(),
        next: paged.next,
    })
}

fn seen(conn: &mut Conn, filter: Filter, bodies: &[OrganisationId]) -> QueryResult<Filter> {
    let sees = match filter.organisation {
        Some(asked) if organisations::covers(conn, bodies, asked)? => Sees::Own,
        _ if filter.mine.is_some() => Sees::Involved,
        _ => Sees::Public,
    };
    Ok(Filter { sees, ..filter })
}

/// Every public session of the period, for a calendar.
pub(in crate::drives) fn calendar(
    conn: &mut Conn,
    filter: &Filter,
) -> QueryResult<Vec<(Drive, SessionRow)>> {
    let mut sessions = store::calendar(conn, filter, MOST_EVENTS)?;
    if let Some(around) = filter.around {
        sessions.retain(|(_, session)| is_within(around, session));
    }
    Ok(sessions)
}

fn is_within(around: Around, session: &SessionRow) -> bool {
    let place = session.latitude.zip(session.longitude);
    place.is_some_and(|(north, east)| around.metres(north, east).is_some())
}
