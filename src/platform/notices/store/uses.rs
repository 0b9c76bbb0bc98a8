//! How much a way was used in this minute and this day, counted in rows so that all processes agree.
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::db::schema::channel_uses;
use crate::platform::notices::model::Channel;
use chrono::{DurationRound, TimeDelta};
use diesel::prelude::*;

/// How much a way may carry; 0 is without a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::platform::notices) struct Room {
    pub(in crate::platform::notices) per_minute: i64,
    pub(in crate::platform::notices) per_day: i64,
    /// In dong, a day.
    pub(in crate::platform::notices) cost_per_day: i64,
}

/// One message that wants to take a way.
#[derive(Debug, Clone, Copy)]
pub(in crate::platform::notices) struct Turn {
    pub(in crate::platform::notices) channel: Channel,
    pub(in crate::platform::notices) price: i32,
    pub(in crate::platform::notices) room: Room,
    pub(in crate::platform::notices) now: Moment,
}

/// Counts the message in, or says when the way has room again.
pub(in crate::platform::notices) fn take(
    conn: &mut Conn,
    turn: &Turn,
) -> QueryResult<Result<(), Moment>> {
    let (minute, day) = (TimeDelta::minutes(1), TimeDelta::days(1));
    let Room {
        per_minute,
        per_day,
        cost_per_day,
    } = turn.room;
    if per_minute > 0 && !count(conn, turn, ("minute", minute), (per_minute, 0))? {
        return Ok(Err(begin(turn.now, minute) + minute));
    }
    let has_day = per_day > 0 || cost_per_day > 0;
    if has_day && !count(conn, turn, ("day", day), (per_day, cost_per_day))? {
        if per_minute > 0 {
            give_back(conn, turn, minute)?;
        }
        return Ok(Err(begin(turn.now, day) + day));
    }
    Ok(Ok(()))
}

/// When the span began, in UTC: every process agrees on it.
fn begin(now: Moment, span: TimeDelta) -> Moment {
    now.duration_trunc(span).map_or(now, Moment::from)
}

fn count(
    conn: &mut Conn,
    turn: &Turn,
    (name, span): (&str, TimeDelta),
    (most, most_cost): (i64, i64),
) -> QueryResult<bool> {
    let starts_at = begin(turn.now, span);
    let row = (
        channel_uses::channel.eq(turn.channel),
        channel_uses::span.eq(name),
        channel_uses::starts_at.eq(starts_at),
        channel_uses::used.eq(0),
        channel_uses::cost.eq(0_i64),
    );
    crate::on_each!(conn => diesel::insert_into(channel_uses::table).values(row).on_conflict_do_nothing().execute(conn))?;
    let unlimited = |most: i64| if most > 0 { most } else { i64::MAX };
    let price = i64::from(turn.price);
    let most_used = i32::try_from(unlimited(most)).unwrap_or(i32::MAX);
    let with_room = channel_uses::table
        .find((turn.channel, name, starts_at))
        .filter(channel_uses::used.lt(most_used))
        .filter(channel_uses::cost.le(unlimited(most_cost) - price));
    let rows = diesel::update(with_room)
        .set((
            channel_uses::used.eq(channel_uses::used + 1),
            channel_uses::cost.eq(channel_uses::cost + price),
        ))
        .execute(conn)?;
    Ok(rows == 1)
}

fn give_back(conn: &mut Conn, turn: &Turn, minute: TimeDelta) -> QueryResult<()> {
    let row = channel_uses::table.find((turn.channel, "minute", begin(turn.now, minute)));
    diesel::update(row)
        .set(channel_uses::used.eq(channel_uses::used - 1))
        .execute(conn)
        .map(drop)
}

/// Forgets the counts of spans that are over for two days.
pub fn forget_old(conn: &mut Conn, now: Moment) -> QueryResult<usize> {
    let old = now - TimeDelta::days(2);
    diesel::delete(channel_uses::table.filter(channel_uses::starts_at.lt(old))).execute(conn)
}
