//! Open drives around a point.
use crate::drives::model::{DriveState, Near, NearDrive, SessionId};
use crate::drives::rules::Around;
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::db::schema::{drives, sessions, slots};
use crate::platform::id::DriveId;
use chrono::{NaiveDate, TimeDelta};
use diesel::dsl::{exists, sum};
use diesel::prelude::*;
use std::collections::HashSet;

type Row = (
    DriveId,
    SessionId,
    String,
    String,
    String,
    String,
    Moment,
    Moment,
    Option<f64>,
    Option<f64>,
    Option<i64>,
);

/// Open drives with places in the asked time, nearest first, each with its nearest session.
pub fn near(conn: &mut Conn, near: &Near) -> QueryResult<Vec<NearDrive>> {
    let rows = sessions_around(conn, near)?;
    let mut found: Vec<NearDrive> = rows
        .into_iter()
        .filter_map(|row| measured(row, near))
        .collect();
    found.sort_by_key(|drive| (drive.distance_m, drive.starts_at, drive.drive));
    let mut seen = HashSet::new();
    found.retain(|drive| seen.insert(drive.drive));
    found.truncate(near.limit);
    Ok(found)
}

fn sessions_around(conn: &mut Conn, near: &Near) -> QueryResult<Vec<Row>> {
    let (low, high) = near.at.surroundings(near.within_km);
    let free = slots::table
        .filter(slots::session.eq(sessions::id))
        .filter(slots::taken.lt(slots::capacity))
        .filter(slots::starts_at.gt(near.from))
        .filter(slots::starts_at.lt(near.to));
    let (first, last) = local_days(near);
    sessions::table
        .inner_join(drives::table.on(drives::id.eq(sessions::drive)))
        .filter(sessions::held_on.between(first, last))
        .filter(sessions::latitude.between(low.latitude(), high.latitude()))
        .filter(sessions::longitude.between(low.longitude(), high.longitude()))
        .filter(drives::state.eq(DriveState::Open))
        .filter(drives::is_hidden.eq(false))
        .filter(exists(free))
        .select((
            drives::id,
            sessions::id,
            drives::name,
            sessions::place,
            sessions::address,
            drives::time_zone,
            sessions::starts_at,
            sessions::ends_at,
            sessions::latitude,
            sessions::longitude,
            free.select(sum(slots::capacity - slots::taken))
                .single_value(),
        ))
        .load(conn)
}

/// A zone is at most a day ahead or behind, so the local days lie inside these.
fn local_days(near: &Near) -> (NaiveDate, NaiveDate) {
    let day = TimeDelta::days(1);
    (near.from.date_naive() - day, near.to.date_naive() + day)
}

fn measured(row: Row, near: &Near) -> Option<NearDrive> {
    let (drive, session, name, place, address, time_zone, starts_at, ends_at, north, east, left) =
        row;
    let around = Around {
        at: near.at,
        km: near.within_km,
    };
    let distance_m = around.metres(north?, east?)?;
    Some(NearDrive {
        drive,
        session,
        name,
        place,
        address,
        starts_at,
        ends_at,
        time_zone,
        places_left: left.unwrap_or_default(),
        distance_m,
    })
}
