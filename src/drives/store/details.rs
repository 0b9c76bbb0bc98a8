//! One drive with its sessions, as it is read most.
use crate::drives::model::{Drive, DriveKind};
use crate::drives::store::SessionRow;
use crate::platform::clock::Moment;
use crate::platform::db::schema::{drives, organisations, sessions, slots};
use crate::platform::db::{Conn, Json};
use crate::platform::id::DriveId;
use diesel::dsl::sum;
use diesel::prelude::*;

/// A drive, the names of its bodies, its sessions.
#[derive(Debug, Clone)]
pub(in crate::drives) struct Detail {
    pub(in crate::drives) drive: Drive,
    pub(in crate::drives) opening: Option<Json>,
    pub(in crate::drives) organiser_name: String,
    pub(in crate::drives) collector_name: Option<String>,
    pub(in crate::drives) sessions: Vec<SessionDetail>,
}

/// A session with the sums of its slots.
#[derive(Debug, Clone)]
pub(in crate::drives) struct SessionDetail {
    pub(in crate::drives) row: SessionRow,
    pub(in crate::drives) capacity: i64,
    pub(in crate::drives) taken: i64,
}

type Row = (
    Drive,
    Option<Json>,
    String,
    Option<String>,
    Option<SessionRow>,
    Option<i64>,
    Option<i64>,
);

diesel::alias!(organisations as collectors: Collectors);

/// Everything about a drive in one question; of a fixed site only the sessions that are not over at `now`. The names
/// of bodies are joined in here, because this is the question asked most.
pub(in crate::drives) fn detail(conn: &mut Conn, id: DriveId, now: Moment) -> QueryResult<Detail> {
    let is_shown = drives::kind
        .ne(DriveKind::Fixed)
        .or(sessions::ends_at.gt(now));
    let of_session = slots::table.filter(slots::session.nullable().eq(sessions::id.nullable()));
    let rows: Vec<Row> = crate::on_each!(conn => drives::table
        .inner_join(organisations::table.on(organisations::id.eq(drives::organiser)))
        .left_join(
            collectors.on(collectors
                .field(organisations::id)
                .nullable()
                .eq(drives::collected_by)),
        )
        .left_join(sessions::table.on(sessions::drive.eq(drives::id).and(is_shown)))
        .filter(drives::id.eq(id))
        .order((sessions::starts_at, sessions::id))
        .select((
            Drive::as_select(),
            drives::opening,
            organisations::name,
            collectors.field(organisations::name).nullable(),
            Option::<SessionRow>::as_select(),
            of_session.select(sum(slots::capacity)).single_value(),
            of_session.select(sum(slots::taken)).single_value(),
        ))
        .load(conn))?;
    gather(rows).ok_or(diesel::result::Error::NotFound)
}

fn gather(rows: Vec<Row>) -> Option<Detail> {
    let (drive, opening, organiser_name, collector_name, ..) = rows.first()?.clone();
    let sessions = rows
        .into_iter()
        .filter_map(|(_, _, _, _, row, capacity, taken)| {
            Some(SessionDetail {
                row: row?,
                capacity: capacity.unwrap_or_default(),
                taken: taken.unwrap_or_default(),
            })
        });
    Some(Detail {
        drive,
        opening,
        organiser_name,
        collector_name,
        sessions: sessions.collect(),
    })
}
