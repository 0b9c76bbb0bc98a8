//! Lists of drives: by day, by distance, and what is shown of each.
use super::matching::{free, joined, matching};
use crate::drives::model::{Drive, SessionId};
use crate::drives::rules::{Around, Filter, Period};
use crate::drives::store::SessionRow;
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::db::schema::{drives, organisations, sessions, slots};
use crate::platform::id::DriveId;
use chrono::NaiveDate;
use diesel::dsl::{exists, not, sum};
use diesel::prelude::*;
use std::collections::{HashMap, HashSet};

/// Where a drive stands in the list by day.
pub(in crate::drives) type ByDay = (NaiveDate, DriveId);
/// Where a drive stands in the list by distance, in metres.
pub(in crate::drives) type ByDistance = (i64, DriveId);

diesel::alias!(sessions as earlier: Earlier);

/// Drives by the day of their first session in the period.
pub(in crate::drives) fn by_day(
    conn: &mut Conn,
    filter: &Filter,
    after: Option<ByDay>,
    reach: i64,
) -> QueryResult<Vec<(ByDay, SessionId)>> {
    let is_before = earlier
        .field(sessions::starts_at)
        .lt(sessions::starts_at)
        .or(earlier
            .field(sessions::starts_at)
            .eq(sessions::starts_at)
            .and(earlier.field(sessions::id).lt(sessions::id)));
    let before = earlier
        .filter(earlier.field(sessions::drive).eq(sessions::drive))
        .filter(earlier.field(sessions::held_on).ge(filter.period.from))
        .filter(is_before);
    let mut query = matching(filter).filter(not(exists(before)));
    if let Some((day, drive)) = after {
        let same_day = sessions::held_on.eq(day).and(sessions::drive.gt(drive));
        query = query.filter(sessions::held_on.gt(day).or(same_day));
    }
    let rows: Vec<(NaiveDate, DriveId, SessionId)> = query
        .order((sessions::held_on, sessions::drive))
        .limit(reach)
        .select((sessions::held_on, sessions::drive, sessions::id))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .map(|(day, drive, session)| ((day, drive), session))
        .collect())
}

/// Drives by the distance of their nearest session in the period: few enough around one point to be sorted here.
pub(in crate::drives) fn by_distance(
    conn: &mut Conn,
    filter: &Filter,
    around: Around,
) -> QueryResult<Vec<(ByDistance, SessionId)>> {
    type Row = (DriveId, SessionId, Moment, Option<f64>, Option<f64>);
    let (low, high) = around.at.surroundings(around.km);
    let rows: Vec<Row> = matching(filter)
        .filter(sessions::latitude.between(low.latitude(), high.latitude()))
        .filter(sessions::longitude.between(low.longitude(), high.longitude()))
        .select((
            sessions::drive,
            sessions::id,
            sessions::starts_at,
            sessions::latitude,
            sessions::longitude,
        ))
        .load(conn)?;
    let mut found: Vec<(i64, Moment, DriveId, SessionId)> = rows
        .into_iter()
        .filter_map(|(drive, session, starts_at, latitude, longitude)| {
            let metres = around.metres(latitude?, longitude?)?;
            Some((metres, starts_at, drive, session))
        })
        .collect();
    found.sort_unstable();
    let mut seen = HashSet::new();
    found.retain(|(_, _, drive, _)| seen.insert(*drive));
    found.sort_unstable_by_key(|(metres, _, drive, _)| (*metres, *drive));
    let keyed = found.into_iter();
    Ok(keyed
        .map(|(metres, _, drive, session)| ((metres, drive), session))
        .collect())
}

/// What is shown of a drive in a list: itself, one session, places left in the period.
#[derive(Debug, Clone)]
pub(in crate::drives) struct Card {
    pub(in crate::drives) drive: Drive,
    pub(in crate::drives) organiser_name: String,
    pub(in crate::drives) session: SessionRow,
    pub(in crate::drives) places_left: i64,
}

/// The cards of these sessions, in their order. The organiser's name is joined in, to spare a question per drive.
pub(in crate::drives) fn cards(
    conn: &mut Conn,
    ids: &[SessionId],
    period: Period,
) -> QueryResult<Vec<Card>> {
    type Row = (Drive, String, SessionRow, Option<i64>);
    let places = free(period.now, period.until).select(sum(slots::capacity - slots::taken));
    let rows: Vec<Row> = joined()
        .inner_join(organisations::table.on(organisations::id.eq(drives::organiser)))
        .filter(sessions::id.eq_any(ids))
        .select((
            Drive::as_select(),
            organisations::name,
            SessionRow::as_select(),
            places.single_value(),
        ))
        .load(conn)?;
    let mut cards: HashMap<SessionId, Card> = rows
        .into_iter()
        .map(|(drive, organiser_name, session, places_left)| {
            let places_left = places_left.unwrap_or_default();
            (
                session.id,
                Card {
                    drive,
                    organiser_name,
                    session,
                    places_left,
                },
            )
        })
        .collect();
    Ok(ids.iter().filter_map(|id| cards.remove(id)).collect())
}

/// Every session of the period, for a calendar, earliest first.
pub(in crate::drives) fn calendar(
    conn: &mut Conn,
    filter: &Filter,
    most: i64,
) -> QueryResult<Vec<(Drive, SessionRow)>> {
    matching(filter)
        .order((sessions::starts_at, sessions::id))
        .limit(most)
        .select((Drive::as_select(), SessionRow::as_select()))
        .load(conn)
}
