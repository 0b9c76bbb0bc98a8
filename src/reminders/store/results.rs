//! What became of the reminders of one day.
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::db::schema::{
    donors, notice_changes, notices, organisation_ancestors, registrations, relay_items,
};
use crate::platform::id::OrganisationId;
use crate::platform::notices::{Channel, NoticeId};
use crate::reminders::model::{DayResult, KINDS};
use chrono::{NaiveDate, TimeDelta};
use diesel::dsl::{count_star, exists, sum};
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

/// The reminders that left between these moments, to donors of clubs below these bodies.
macro_rules! left {
    ($bodies:expr, $span:expr) => {{
        let went = notice_changes::table
            .filter(notice_changes::notice.eq(notices::id))
            .filter(notice_changes::state.eq("sent"));
        notices::table
            .filter(notices::kind.eq_any(KINDS))
            .filter(notices::settled_at.ge($span.0))
            .filter(notices::settled_at.lt($span.1))
            .filter(exists(went))
            .filter(is_theirs!($bodies))
    }};
}

/// Whether a message is known to have arrived. Mail servers and push services only say that they took it, and who
/// bounces later is not in our hands: taken counts. A provider sends receipts, so only those count. What a lead passes
/// on counts once it is ticked off, what lies in the inbox once it was seen there.
macro_rules! has_arrived {
    ($day:expr) => {{
        let receipt = notice_changes::table
            .filter(notice_changes::notice.eq(notices::id))
            .filter(notice_changes::state.eq("delivered"));
        let passed_on = relay_items::table
            .filter(relay_items::person.eq(notices::person))
            .filter(relay_items::made_on.eq($day))
            .filter(relay_items::done_at.is_not_null());
        let taken = notices::channel.eq_any([Channel::Mail, Channel::Push]);
        let by_gateway = notices::channel.eq(Channel::Gateway).and(exists(receipt));
        let by_a_lead = notices::channel.eq(Channel::Relay).and(exists(passed_on));
        // One that failed afterwards is dead, whatever was said of it before.
        let by_any = taken.or(by_gateway).or(by_a_lead).assume_not_null();
        notices::state
            .eq("sent")
            .and(by_any.or(notices::read_at.is_not_null()))
    }};
}

/// How many left, how many of them arrived or were followed by a booking within seven days, and what they cost.
pub(in crate::reminders) fn of_day(
    conn: &mut Conn,
    bodies: &[OrganisationId],
    (day, span): (NaiveDate, (Moment, Moment)),
) -> QueryResult<DayResult> {
    let (sent, cost): (i64, Option<i64>) = left!(bodies, span)
        .select((count_star(), sum(notices::cost)))
        .first(conn)?;
    let delivered = left!(bodies, span)
        .filter(has_arrived!(day))
        .count()
        .get_result(conn)?;
    let booked: Vec<(NoticeId, Option<Moment>, Moment)> = left!(bodies, span)
        .inner_join(registrations::table.on(registrations::person.eq(notices::person)))
        .filter(registrations::created_at.ge(span.0))
        .filter(registrations::created_at.lt(span.1 + WEEK))
        .select((notices::id, notices::settled_at, registrations::created_at))
        .load(conn)?;
    let booked: HashSet<NoticeId> = booked.into_iter().filter_map(within_a_week).collect();
    Ok(DayResult {
        sent,
        delivered,
        booked: i64::try_from(booked.len()).unwrap_or(i64::MAX),
        cost: cost.unwrap_or_default(),
    })
}
