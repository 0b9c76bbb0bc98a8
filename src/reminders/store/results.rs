//! What became of the reminders of one day.
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::db::schema::{donors, notices, organisation_ancestors, registrations};
use crate::platform::id::OrganisationId;
use crate::platform::notices::NoticeId;
use crate::reminders::model::{DayResult, KINDS};
use chrono::TimeDelta;
use diesel::dsl::exists;
use diesel::prelude::*;
use std::collections::HashSet;

/// Whether a message went to a donor of a club below these bodies.
macro_rules! is_theirs {
    ($bodies:expr) => {{
        let club = organisation_ancestors::descendant
            .nullable()
            .eq(donors::main_club)
            .assume_not_null();
        exists(
            organisation_ancestors::table
                .inner_join(donors::table.on(club))
                .filter(donors::person.eq(notices::person))
                .filter(organisation_ancestors::ancestor.eq_any($bodies)),
        )
    }};
}

/// So long after a message a booking counts as its doing.
const WEEK: TimeDelta = TimeDelta::days(7);

fn within_a_week(
    (notice, sent_at, booked_at): (NoticeId, Option<Moment>, Moment),
) -> Option<NoticeId> {
    let after = booked_at - sent_at?;
    (after >= TimeDelta::zero() && after <= WEEK).then_some(notice)
}

/// How many left, and how many of them were followed by a booking within seven days.
pub(in crate::reminders) fn of_day(
    conn: &mut Conn,
    bodies: &[OrganisationId],
    (from, until): (Moment, Moment),
) -> QueryResult<DayResult> {
    let count: i64 = notices::table
        .filter(notices::kind.eq_any(KINDS))
        .filter(notices::state.eq("sent"))
        .filter(notices::settled_at.ge(from))
        .filter(notices::settled_at.lt(until))
        .filter(is_theirs!(bodies))
        .count()
        .get_result(conn)?;
    let booked: Vec<(NoticeId, Option<Moment>, Moment)> = notices::table
        .inner_join(registrations::table.on(registrations::person.eq(notices::person)))
        .filter(notices::kind.eq_any(KINDS))
        .filter(notices::state.eq("sent"))
        .filter(notices::settled_at.ge(from))
        .filter(notices::settled_at.lt(until))
        .filter(registrations::created_at.ge(from))
        .filter(registrations::created_at.lt(until + WEEK))
        .filter(is_theirs!(bodies))
        .select((notices::id, notices::settled_at, registrations::created_at))
        .load(conn)?;
    let booked: HashSet<NoticeId> = booked.into_iter().filter_map(within_a_week).collect();
    Ok(DayResult {
        sent: count,
        delivered: count,
        cost: 0,
        booked: i64::try_from(booked.len()).unwrap_or(i64::MAX),
    })
}
