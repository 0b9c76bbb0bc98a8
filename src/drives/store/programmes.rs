//! Rows of programmes, an edition a year.
use crate::drives::model::ProgrammeId;
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::db::schema::{drive_programmes, programmes};
use crate::platform::fold::fold;
use crate::platform::id::DriveId;
use chrono::NaiveDate;
use diesel::prelude::*;

/// A programme's edition.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable)]
#[diesel(table_name = programmes)]
pub(in crate::drives) struct Programme {
    pub(in crate::drives) id: ProgrammeId,
    pub(in crate::drives) name: String,
    pub(in crate::drives) edition: i32,
    pub(in crate::drives) starts_on: Option<NaiveDate>,
    pub(in crate::drives) ends_on: Option<NaiveDate>,
}

/// An edition to be.
#[derive(Debug, Clone)]
pub(in crate::drives) struct NewProgramme {
    pub(in crate::drives) programme: Programme,
    pub(in crate::drives) now: Moment,
}

/// Writes an edition; the same name in the same year is there already.
pub(in crate::drives) fn insert_programme(conn: &mut Conn, new: &NewProgramme) -> QueryResult<()> {
    let programme = &new.programme;
    diesel::insert_into(programmes::table)
        .values((
            programmes::id.eq(programme.id),
            programmes::name.eq(&programme.name),
            programmes::search_name.eq(fold(&programme.name)),
            programmes::edition.eq(programme.edition),
            programmes::starts_on.eq(programme.starts_on),
            programmes::ends_on.eq(programme.ends_on),
            programmes::created_at.eq(new.now),
        ))
        .execute(conn)
        .map(drop)
}

/// Editions, the newest year first, then by name; `after` is the year and id of the last one seen.
pub(in crate::drives) fn programmes(
    conn: &mut Conn,
    edition: Option<i32>,
    after: Option<(i32, ProgrammeId)>,
    reach: i64,
) -> QueryResult<Vec<Programme>> {
    let mut query = programmes::table.into_boxed();
    if let Some(edition) = edition {
        query = query.filter(programmes::edition.eq(edition));
    }
    if let Some((edition, id)) = after {
        let same_year = programmes::edition.eq(edition).and(programmes::id.gt(id));
        query = query.filter(programmes::edition.lt(edition).or(same_year));
    }
    query
        .order((programmes::edition.desc(), programmes::id))
        .limit(reach)
        .select(Programme::as_select())
        .load(conn)
}

/// Which of these there are.
pub(in crate::drives) fn known_programmes(
    conn: &mut Conn,
    ids: &[ProgrammeId],
) -> QueryResult<Vec<ProgrammeId>> {
    programmes::table
        .filter(programmes::id.eq_any(ids))
        .select(programmes::id)
        .load(conn)
}

/// The programmes of a drive, the main one first.
pub(in crate::drives) fn programmes_of(
    conn: &mut Conn,
    drive: DriveId,
) -> QueryResult<Vec<Programme>> {
    crate::on_each!(conn => drive_programmes::table
        .inner_join(programmes::table.on(programmes::id.eq(drive_programmes::programme)))
        .filter(drive_programmes::drive.eq(drive))
        .order((drive_programmes::position, programmes::id))
        .select(Programme::as_select())
        .load(conn))
}
