//! Links of messages that did their work.
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::db::schema::used_links;
use crate::platform::notices::NoticeId;
use crate::registrations::model::RegistrationId;
use diesel::prelude::*;

/// A link that did its work.
#[derive(Debug, Clone, Copy, PartialEq, Insertable)]
#[diesel(table_name = used_links, treat_none_as_default_value = false)]
pub(in crate::reminders) struct UsedLink {
    /// In which message it stood.
    pub(in crate::reminders) notice: NoticeId,
    /// What it was for.
    pub(in crate::reminders) purpose: &'static str,
    /// What it booked, if it did.
    pub(in crate::reminders) registration: Option<RegistrationId>,
    /// When.
    pub(in crate::reminders) used_at: Moment,
}

/// Notes that a link does its work; false when it did before.
pub(in crate::reminders) fn mark_used(conn: &mut Conn, link: &UsedLink) -> QueryResult<bool> {
    let rows = crate::on_each!(conn => diesel::insert_into(used_links::table).values(link).on_conflict_do_nothing().execute(conn))?;
    Ok(rows == 1)
}

/// What a link that did its work booked.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::reminders) enum Used {
    /// A place.
    Booked(RegistrationId),
    /// Nothing: it told of something, or put something off.
    Otherwise,
}

/// What a link did, if it did its work.
pub(in crate::reminders) fn used(
    conn: &mut Conn,
    notice: NoticeId,
    purpose: &str,
) -> QueryResult<Option<Used>> {
    let found: Vec<Option<RegistrationId>> = used_links::table
        .filter(used_links::notice.eq(notice))
        .filter(used_links::purpose.eq(purpose))
        .select(used_links::registration)
        .load(conn)?;
    let used = |booked: Option<RegistrationId>| booked.map_or(Used::Otherwise, Used::Booked);
    Ok(found.into_iter().next().map(used))
}
