//! Rows of consents: every yes and no is kept, the newest counts.
use crate::people::model::{ConsentSource, Purpose};
use crate::platform::clock::Moment;
use crate::platform::db::Conn;
use crate::platform::db::schema::consents;
use crate::platform::id::{AnyId, PersonId};
use diesel::prelude::*;
use std::collections::HashMap;

/// A yes or no to one purpose.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = consents, treat_none_as_default_value = false)]
pub struct ConsentChange {
    /// Made by `app.id()`.
    pub id: AnyId,
    /// Whose.
    pub person: PersonId,
    /// To what.
    pub purpose: Purpose,
    /// Yes or no.
    pub is_granted: bool,
    /// Which wording was asked: `Purpose::text_version()`.
    pub text_version: String,
    /// How we know.
    pub source: ConsentSource,
    /// Who recorded a paper.
    pub recorded_by: Option<PersonId>,
    /// Which paper.
    pub form: Option<String>,
    /// When they said so.
    pub given_at: Moment,
}

/// Keeps a yes or no.
pub fn record(conn: &mut Conn, change: &ConsentChange) -> QueryResult<()> {
    diesel::insert_into(consents::table)
        .values(change)
        .execute(conn)
        .map(drop)
}

/// Whether the newest word of this person on this purpose is yes.
pub fn has(conn: &mut Conn, person: PersonId, purpose: Purpose) -> QueryResult<bool> {
    let newest: Option<bool> = consents::table
        .filter(consents::person.eq(person))
        .filter(consents::purpose.eq(purpose))
        .order((consents::given_at.desc(), consents::id.desc()))
        .select(consents::is_granted)
        .first(conn)
        .optional()?;
    Ok(newest.unwrap_or(false))
}

/// The newest word of each of these people on this purpose; who never said one is left out.
pub fn newest(
    conn: &mut Conn,
    people: &[PersonId],
    purpose: Purpose,
) -> QueryResult<HashMap<PersonId, bool>> {
    let words: Vec<(PersonId, bool)> = consents::table
        .filter(consents::person.eq_any(people))
        .filter(consents::purpose.eq(purpose))
        .order((consents::given_at, consents::id))
        .select((consents::person, consents::is_granted))
        .load(conn)?;
    Ok(words.into_iter().collect())
}

/// Every yes and no of a person, oldest first: the history they may see.
pub fn list(conn: &mut Conn, person: PersonId) -> QueryResult<Vec<ConsentChange>> {
    consents::table
        .filter(consents::person.eq(person))
        .order((consents::given_at, consents::id))
        .select(ConsentChange::as_select())
        .load(conn)
}
