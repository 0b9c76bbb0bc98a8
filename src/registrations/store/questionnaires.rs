//! Rows of answers about health: sealed, one for a registration, gone some days after the session.
use crate::drives::model::DriveState;
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::db::schema::{drives, people, questionnaires, registrations};
use crate::platform::id::PersonId;
use crate::registrations::model::RegistrationId;
use chrono::NaiveDate;
use diesel::prelude::*;

/// Answers as they lie in their row.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = questionnaires)]
#[expect(clippy::struct_field_names, reason = "named as the columns are")]
pub(crate) struct Answers {
    pub registration: RegistrationId,
    pub person: PersonId,
    /// Of which version of the questions.
    pub version: String,
    /// Sealed with the registration's id.
    pub answers_sealed: String,
    pub answered_at: Moment,
}

/// The answers to a registration's questions, if there are any.
pub(crate) fn find_answers(
    conn: &mut Conn,
    registration: RegistrationId,
) -> QueryResult<Option<Answers>> {
    questionnaires::table
        .find(registration)
        .select(Answers::as_select())
        .first(conn)
        .optional()
}

/// Keeps answers in place of earlier ones.
pub(crate) fn put_answers(conn: &mut Conn, answers: &Answers) -> QueryResult<()> {
    diesel::delete(questionnaires::table.find(answers.registration)).execute(conn)?;
    diesel::insert_into(questionnaires::table)
        .values(answers)
        .execute(conn)
        .map(drop)
}

/// Forgets answers of sessions before that day, of drives whose numbers are fixed or that were cancelled, and of people
/// who left.
pub(crate) fn forget_answers(conn: &mut Conn, before: NaiveDate) -> QueryResult<usize> {
    let over = [DriveState::Signed, DriveState::Cancelled];
    let done: Vec<RegistrationId> = questionnaires::table
        .inner_join(registrations::table.on(registrations::id.eq(questionnaires::registration)))
        .inner_join(drives::table.on(drives::id.eq(registrations::drive)))
        .inner_join(people::table.on(people::id.eq(questionnaires::person)))
        .filter(
            registrations::held_on
                .lt(before)
                .or(drives::state.eq_any(over))
                .or(people::erased_at.is_not_null()),
        )
        .order(questionnaires::registration)
        .limit(MOST_AT_ONCE)
        .select(questionnaires::registration)
        .load(conn)?;
    let gone = questionnaires::table.filter(questionnaires::registration.eq_any(done));
    diesel::delete(gone).execute(conn)
}

/// What is left goes with the next hour.
const MOST_AT_ONCE: i64 = 5000;
