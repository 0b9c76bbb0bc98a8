//! What an applied list made, row by row.
use super::BATCH;
use crate::imports::model::ImportId;
use crate::platform::db::Conn;
use crate::platform::db::schema::import_made;
use crate::platform::id::{AnyId, PersonId};
use crate::registrations::model::{RegistrationId, RegistrationState};
use diesel::prelude::*;
use std::collections::HashMap;

/// What one row made.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = import_made, treat_none_as_default_value = false)]
pub(in crate::imports) struct Made {
    pub(in crate::imports) import: ImportId,
    pub(in crate::imports) number: i32,
    pub(in crate::imports) person: PersonId,
    /// The person themself.
    pub(in crate::imports) is_new: bool,
    /// Their place on the club's list.
    pub(in crate::imports) is_joined: bool,
    pub(in crate::imports) gift: Option<AnyId>,
    pub(in crate::imports) registration: Option<RegistrationId>,
    /// The registration's state before; none where the import made it.
    pub(in crate::imports) was: Option<RegistrationState>,
    pub(in crate::imports) donation: Option<AnyId>,
    pub(in crate::imports) deferral: Option<AnyId>,
}

impl Made {
    /// Nothing yet, of this row and person.
    pub(in crate::imports) fn of(import: ImportId, number: i32, person: PersonId) -> Self {
        Self {
            import,
            number,
            person,
            is_new: false,
            is_joined: false,
            gift: None,
            registration: None,
            was: None,
            donation: None,
            deferral: None,
        }
    }

    /// The same, of this row.
    pub(in crate::imports) fn of_row(self, import: ImportId, number: i32) -> Self {
        Self {
            import,
            number,
            ..self
        }
    }
}

/// Keeps what a list made.
pub(in crate::imports) fn insert(conn: &mut Conn, made: &[Made]) -> QueryResult<()> {
    for part in made.chunks(BATCH) {
        crate::on_each!(conn => diesel::insert_into(import_made::table).values(part).execute(conn))?;
    }
    Ok(())
}

/// Everything a list made.
pub(in crate::imports) fn list(conn: &mut Conn, import: ImportId) -> QueryResult<Vec<Made>> {
    import_made::table
        .filter(import_made::import.eq(import))
        .order(import_made::number)
        .select(Made::as_select())
        .load(conn)
}

/// Whom each row meant when it was applied.
pub(in crate::imports) fn meant(
    conn: &mut Conn,
    import: ImportId,
) -> QueryResult<HashMap<i32, PersonId>> {
    let rows: Vec<(i32, PersonId)> = import_made::table
        .filter(import_made::import.eq(import))
        .select((import_made::number, import_made::person))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}
