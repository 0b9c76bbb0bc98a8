//! What changes on rows of drives after they were written.
use crate::drives::model::ProgrammeId;
use crate::drives::rules::search_text;
use crate::platform::clock::Moment;
use crate::platform::db::schema::{drive_programmes, drives, sessions, tallies};
use crate::platform::db::{Conn, Json};
use crate::platform::id::{DriveId, OrganisationId};
use chrono::NaiveDate;
use diesel::dsl::{max, min};
use diesel::prelude::*;

/// New values of columns; none leaves a column as it is.
#[expect(
    clippy::option_option,
    reason = "left out, null and a value are three things"
)]
#[derive(Debug, Clone, Default, AsChangeset)]
#[diesel(table_name = drives)]
pub(in crate::drives) struct Changes {
    pub(in crate::drives) organiser: Option<OrganisationId>,
    pub(in crate::drives) name: Option<String>,
    pub(in crate::drives) target_units: Option<Option<i32>>,
    pub(in crate::drives) collected_by: Option<Option<OrganisationId>>,
    pub(in crate::drives) main_programme: Option<Option<ProgrammeId>>,
    pub(in crate::drives) opening: Option<Json>,
    pub(in crate::drives) changed_at: Option<Moment>,
}

/// Changes a drive, and moves its sums along with its organiser and main programme.
pub(in crate::drives) fn change(
    conn: &mut Conn,
    id: DriveId,
    changes: &Changes,
) -> QueryResult<()> {
    diesel::update(drives::table.find(id))
        .set(changes)
        .execute(conn)?;
    let of_drive = tallies::table.filter(tallies::drive.eq(id));
    if let Some(organiser) = changes.organiser {
        diesel::update(of_drive)
            .set(tallies::organiser.eq(organiser))
            .execute(conn)?;
    }
    if let Some(programme) = changes.main_programme {
        diesel::update(of_drive)
            .set(tallies::programme.eq(programme))
            .execute(conn)?;
    }
    Ok(())
}

/// Puts a drive under these programmes, the main one first, and under no other.
pub(in crate::drives) fn set_programmes(
    conn: &mut Conn,
    drive: DriveId,
    programmes: &[ProgrammeId],
) -> QueryResult<()> {
    diesel::delete(drive_programmes::table.filter(drive_programmes::drive.eq(drive)))
        .execute(conn)?;
    let rows: Vec<_> = (0_i32..)
        .zip(programmes)
        .map(|(position, programme)| {
            (
                drive_programmes::drive.eq(drive),
                drive_programmes::programme.eq(*programme),
                drive_programmes::position.eq(position),
            )
        })
        .collect();
    crate::on_each!(conn => diesel::insert_into(drive_programmes::table).values(&rows).execute(conn))
        .map(drop)
}

/// Brings what a drive keeps of its sessions up to date: first and last day, and what a search finds.
pub(in crate::drives) fn refresh(conn: &mut Conn, id: DriveId, now: Moment) -> QueryResult<()> {
    let name: String = drives::table.find(id).select(drives::name).first(conn)?;
    let of_drive = sessions::table.filter(sessions::drive.eq(id));
    let (first, last): (Option<NaiveDate>, Option<NaiveDate>) = of_drive
        .select((min(sessions::held_on), max(sessions::held_on)))
        .first(conn)?;
    let places: Vec<(String, String)> = of_drive
        .select((sessions::place, sessions::address))
        .distinct()
        .load(conn)?;
    let places = places
        .iter()
        .map(|(place, address)| (place.as_str(), address.as_str()));
    diesel::update(drives::table.find(id))
        .set((
            first.map(|day| drives::starts_on.eq(day)),
            last.map(|day| drives::ends_on.eq(day)),
            drives::search_name.eq(search_text(&name, places)),
            drives::changed_at.eq(now),
        ))
        .execute(conn)
        .map(drop)
}
