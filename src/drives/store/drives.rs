//! Rows of drives as wholes.
use crate::drives::model::{DriveKind, DriveState, ProgrammeId, Reach};
use crate::drives::rules::NewDrive;
use crate::platform::clock::Moment;
use crate::platform::db::schema::{drives, organisation_ancestors};
use crate::platform::db::{Conn, Json};
use crate::platform::fold::fold;
use crate::platform::id::{DriveId, OrganisationId};
use chrono::NaiveDate;
use chrono_tz::Tz;
use diesel::prelude::*;

/// A drive without its sessions.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable)]
#[diesel(table_name = drives)]
pub struct Drive {
    /// Which.
    pub id: DriveId,
    /// The body that holds it.
    pub organiser: OrganisationId,
    /// The hospital or blood centre whose team draws the blood.
    pub collected_by: Option<OrganisationId>,
    /// What brings it about.
    pub kind: DriveKind,
    /// Its name on posters.
    pub name: String,
    /// Units it hopes for.
    pub target_units: Option<i32>,
    /// How far it has come.
    pub state: DriveState,
    /// The programme under which it counts.
    pub main_programme: Option<ProgrammeId>,
    /// IANA name of the zone of its days and hours.
    pub time_zone: String,
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day.
    pub ends_on: NaiveDate,
    /// Carries an emergency call; in no public list.
    pub is_hidden: bool,
    /// When it last changed.
    pub changed_at: Moment,
}

impl Drive {
    /// The zone of its days and hours.
    pub fn zone(&self) -> Tz {
        self.time_zone
            .parse()
            .unwrap_or(chrono_tz::Asia::Ho_Chi_Minh)
    }
}

/// A drive, whoever asks.
pub fn find(conn: &mut Conn, id: DriveId) -> QueryResult<Drive> {
    drives::table
        .find(id)
        .select(Drive::as_select())
        .first(conn)
}

/// A drive whose organiser lies under one of these bodies; anybody else's is not found.
pub fn find_owned(conn: &mut Conn, id: DriveId, bodies: &[OrganisationId]) -> QueryResult<Drive> {
    let covered = organisation_ancestors::table
        .filter(organisation_ancestors::descendant.eq(drives::organiser))
        .filter(organisation_ancestors::ancestor.eq_any(bodies));
    drives::table
        .filter(drives::id.eq(id))
        .filter(diesel::dsl::exists(covered))
        .select(Drive::as_select())
        .first(conn)
}

/// A drive on which the caller works: its organiser or the facility that collects lies within reach, or the drive itself.
pub fn find_staffed(conn: &mut Conn, id: DriveId, reach: &Reach) -> QueryResult<Drive> {
    let drive = drives::table.filter(drives::id.eq(id));
    if reach.drives.contains(&id) {
        return drive.select(Drive::as_select()).first(conn);
    }
    let is_party = organisation_ancestors::descendant.eq(drives::organiser).or(
        organisation_ancestors::descendant
            .nullable()
            .eq(drives::collected_by),
    );
    let covered = organisation_ancestors::table
        .filter(is_party.assume_not_null())
        .filter(organisation_ancestors::ancestor.eq_any(&reach.bodies));
    drive
        .filter(diesel::dsl::exists(covered))
        .select(Drive::as_select())
        .first(conn)
}

/// Writes a draft; its programmes and sessions come after it.
pub(in crate::drives) fn insert(
    conn: &mut Conn,
    new: &NewDrive,
    opening: Option<Json>,
) -> QueryResult<()> {
    let today = new.now.date_in(new.zone);
    diesel::insert_into(drives::table)
        .values((
            drives::id.eq(new.id),
            drives::organiser.eq(new.organiser),
            drives::collected_by.eq(new.collected_by),
            drives::kind.eq(new.kind),
            drives::name.eq(new.name.as_str()),
            drives::search_name.eq(fold(new.name.as_str())),
            drives::target_units.eq(new.target_units),
            drives::state.eq(DriveState::Draft),
            drives::main_programme.eq(new.programmes.first().copied()),
            drives::time_zone.eq(new.zone.name()),
            drives::starts_on.eq(today),
            drives::ends_on.eq(today),
            drives::is_hidden.eq(false),
            drives::opening.eq(opening),
            drives::created_at.eq(new.now),
            drives::changed_at.eq(new.now),
        ))
        .execute(conn)
        .map(drop)
}

/// Moves a drive from one state to the next; false when it is no longer in `from`.
pub fn set_state(
    conn: &mut Conn,
    id: DriveId,
    from: DriveState,
    to: DriveState,
    now: Moment,
) -> QueryResult<bool> {
    diesel::update(drives::table.find(id).filter(drives::state.eq(from)))
        .set((drives::state.eq(to), drives::changed_at.eq(now)))
        .execute(conn)
        .map(|rows| rows == 1)
}
