//! A page of a list's rows, with whom each means.
use super::{Reach, open, persons_of};
use crate::imports::model::{Column, ImportId, Verdict};
use crate::imports::store::known;
use crate::imports::store::rows::{self, Row};
use crate::platform::App;
use crate::platform::db::Conn;
use crate::platform::id::PersonId;
use crate::platform::problem::Problem;
use chrono::NaiveDate;
use std::collections::HashMap;
use std::sync::Arc;

/// A row with what is needed to show it.
pub(in crate::imports) struct ShownRow {
    pub(in crate::imports) row: Row,
    /// The name as the list has it, until it is forgotten.
    pub(in crate::imports) name: Option<String>,
    /// Names and birth dates of whom it could mean.
    pub(in crate::imports) people: Arc<HashMap<PersonId, (String, Option<NaiveDate>)>>,
    /// The list's columns.
    pub(in crate::imports) columns: Arc<Vec<Column>>,
    /// The list's sheet.
    pub(in crate::imports) sheet: Option<String>,
}

/// Rows of a list after the one numbered so.
pub(in crate::imports) fn rows(
    conn: &mut Conn,
    app: &App,
    (reach, id): (&Reach, ImportId),
    verdict: Option<Verdict>,
    page: (Option<i32>, i64),
) -> Result<Vec<ShownRow>, Problem> {
    let import = reach.find(conn, id)?;
    let rows = rows::list(conn, id, verdict, page)?;
    let people = Arc::new(known::shown(conn, &persons_of(&rows))?);
    let columns = Arc::new(import.columns());
    let shown = rows.into_iter().map(|row| ShownRow {
        name: open(&app.keys, &row).map(|entry| entry.name),
        people: people.clone(),
        columns: columns.clone(),
        sheet: import.sheet.clone(),
        row,
    });
    Ok(shown.collect())
}
