//! Which sessions fit what somebody looks for.
use crate::drives::model::{DriveState, ProgrammeId, Reach};
use crate::drives::rules::{Filter, Sees};
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::db::schema::{
    drive_programmes, drives, organisation_ancestors, sessions, slots, tallies,
};
use crate::platform::id::OrganisationId;
use diesel::dsl::{IntoBoxed, auto_type, exists};
use diesel::prelude::*;

type Engine = <Conn as Connection>::Backend;

/// Sessions with their drives.
#[auto_type]
pub(super) fn joined() -> _ {
    sessions::table.inner_join(drives::table.on(drives::id.eq(sessions::drive)))
}

/// Sessions of the period whose drives fit the filter.
pub(super) fn matching(filter: &Filter) -> IntoBoxed<'_, joined, Engine> {
    let period = filter.period;
    let mut query = joined()
        .filter(sessions::held_on.between(period.from, period.to))
        .filter(drives::is_hidden.eq(false))
        .into_boxed();
    if let Some(states) = states(filter.sees) {
        query = query.filter(drives::state.eq_any(states));
    }
    if filter.is_open {
        query = query
            .filter(drives::state.eq_any(BOOKABLE))
            .filter(exists(free(period.now, period.until)));
    }
    if let Some(organisation) = filter.organisation {
        query = query.filter(exists(under(organisation)));
    }
    if let Some(facility) = filter.collected_by {
        query = query.filter(exists(drawn_under(facility)));
    }
    if let Some(reach) = &filter.mine {
        query = within(query, reach);
    }
    if let Some(programme) = filter.programme {
        query = query.filter(exists(of_programme(programme)));
    }
    if let Some(words) = &filter.words {
        query = query.filter(drives::search_name.like(containing(words)).escape('\\'));
    }
    query
}

#[auto_type]
fn of_programme(programme: ProgrammeId) -> _ {
    drive_programmes::table
        .filter(drive_programmes::drive.eq(drives::id))
        .filter(drive_programmes::programme.eq(programme))
}

/// In which states a drive is shown; none for any.
fn states(sees: Sees) -> Option<&'static [DriveState]> {
    match sees {
        Sees::Public => Some(&PUBLIC),
        Sees::Involved => Some(&INVOLVED),
        Sees::Own => None,
    }
}

const PUBLIC: [DriveState; 3] = [DriveState::Open, DriveState::Running, DriveState::Completed];
const INVOLVED: [DriveState; 4] = [
    DriveState::Open,
    DriveState::Running,
    DriveState::Completed,
    DriveState::Signed,
];
const BOOKABLE: [DriveState; 2] = [DriveState::Open, DriveState::Running];

/// Slots of the drive that can still be taken.
#[auto_type]
pub(super) fn free(now: Moment, until: Moment) -> _ {
    slots::table
        .filter(slots::drive.eq(drives::id))
        .filter(slots::starts_at.gt(now))
        .filter(slots::starts_at.lt(until))
        .filter(slots::taken.lt(slots::capacity))
}

/// The line from the drive's organiser up to this body, if it leads there.
#[auto_type]
fn under(body: OrganisationId) -> _ {
    organisation_ancestors::table
        .filter(organisation_ancestors::descendant.eq(drives::organiser))
        .filter(organisation_ancestors::ancestor.eq(body))
}

/// The same from the facility that draws the blood.
#[auto_type]
fn drawn_under(body: OrganisationId) -> _ {
    organisation_ancestors::table
        .filter(
            organisation_ancestors::descendant
                .nullable()
                .eq(drives::collected_by)
                .assume_not_null(),
        )
        .filter(organisation_ancestors::ancestor.eq(body))
}

/// Only drives within reach: one's own, those of one's bodies, and those to which one's bodies brought people.
fn within<'a>(
    query: IntoBoxed<'a, joined, Engine>,
    reach: &'a Reach,
) -> IntoBoxed<'a, joined, Engine> {
    let is_party = organisation_ancestors::descendant.eq(drives::organiser).or(
        organisation_ancestors::descendant
            .nullable()
            .eq(drives::collected_by),
    );
    let party = organisation_ancestors::table
        .filter(is_party.assume_not_null())
        .filter(organisation_ancestors::ancestor.eq_any(&reach.bodies));
    let brought = tallies::table
        .inner_join(
            organisation_ancestors::table.on(organisation_ancestors::descendant.eq(tallies::body)),
        )
        .filter(tallies::drive.eq(drives::id))
        .filter(organisation_ancestors::ancestor.eq_any(&reach.bodies));
    query.filter(
        drives::id
            .eq_any(&reach.drives)
            .or(exists(party))
            .or(exists(brought)),
    )
}

fn containing(words: &str) -> String {
    let escaped = words
        .replace('\\', "\\\\")
        .replace('%', "\\%")
        .replace('_', "\\_");
    format!("%{escaped}%")
}
