//! What was found of each row of a list.
use super::BATCH;
use crate::imports::model::{Decision, ImportId, Remark, Verdict, Who};
use crate::imports::rules::deciding::Standing;
use crate::platform::db::schema::import_rows;
use crate::platform::db::{Conn, Json};
use crate::platform::id::PersonId;
use diesel::prelude::*;

/// A row with its verdict.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = import_rows, treat_none_as_default_value = false)]
#[expect(clippy::struct_field_names, reason = "named as the columns are")]
pub(in crate::imports) struct Row {
    pub(in crate::imports) import: ImportId,
    pub(in crate::imports) number: i32,
    pub(in crate::imports) verdict: Verdict,
    pub(in crate::imports) person: Option<PersonId>,
    pub(in crate::imports) same_row: Option<i32>,
    pub(in crate::imports) candidates: Json,
    pub(in crate::imports) remarks: Json,
    pub(in crate::imports) sealed: Option<String>,
    pub(in crate::imports) decision: Option<Decision>,
    pub(in crate::imports) decided_person: Option<PersonId>,
    pub(in crate::imports) decided_row: Option<i32>,
}

impl Row {
    /// What is said of its cells.
    pub(in crate::imports) fn remarks(&self) -> Vec<Remark> {
        serde_json::from_value(self.remarks.0.clone()).unwrap_or_default()
    }

    /// What was found and decided.
    pub(in crate::imports) fn standing(&self) -> Standing {
        Standing {
            number: self.number,
            verdict: self.verdict,
            who: who(self.person, self.same_row),
            candidates: serde_json::from_value(self.candidates.0.clone()).unwrap_or_default(),
            decision: self.decision,
            decided: who(self.decided_person, self.decided_row),
        }
    }
}

fn who(person: Option<PersonId>, row: Option<i32>) -> Option<Who> {
    person.map(Who::Person).or(row.map(Who::Row))
}

/// Somebody known or an earlier row, as two columns.
pub(in crate::imports) fn parted(who: Option<Who>) -> (Option<PersonId>, Option<i32>) {
    match who {
        Some(Who::Person(person)) => (Some(person), None),
        Some(Who::Row(row)) => (None, Some(row)),
        None => (None, None),
    }
}

/// Keeps the rows of a list.
pub(in crate::imports) fn insert(conn: &mut Conn, rows: &[Row]) -> QueryResult<()> {
    for part in rows.chunks(BATCH) {
        crate::on_each!(conn => diesel::insert_into(import_rows::table).values(part).execute(conn))?;
    }
    Ok(())
}

/// Rows of a list after the one numbered `after`, of one verdict or all.
pub(in crate::imports) fn list(
    conn: &mut Conn,
    import: ImportId,
    verdict: Option<Verdict>,
    (after, limit): (Option<i32>, i64),
) -> QueryResult<Vec<Row>> {
    let mut page = import_rows::table
        .filter(import_rows::import.eq(import))
        .filter(import_rows::number.gt(after.unwrap_or(0)))
        .order(import_rows::number)
        .limit(limit)
        .select(Row::as_select())
        .into_boxed();
    if let Some(verdict) = verdict {
        page = page.filter(import_rows::verdict.eq(verdict));
    }
    page.load(conn)
}

/// One row.
pub(in crate::imports) fn find(
    conn: &mut Conn,
    import: ImportId,
    number: i32,
) -> QueryResult<Option<Row>> {
    import_rows::table
        .find((import, number))
        .select(Row::as_select())
        .first(conn)
        .optional()
}

/// Keeps what was decided of a row.
pub(in crate::imports) fn decide(
    conn: &mut Conn,
    (import, number): (ImportId, i32),
    decision: Decision,
    decided: Option<Who>,
) -> QueryResult<()> {
    let (person, row) = parted(decided);
    diesel::update(import_rows::table.find((import, number)))
        .set((
            import_rows::decision.eq(Some(decision)),
            import_rows::decided_person.eq(person),
            import_rows::decided_row.eq(row),
        ))
        .execute(conn)
        .map(drop)
}

/// Keeps one decision for every row of a verdict that has none.
pub(in crate::imports) fn decide_rest(
    conn: &mut Conn,
    import: ImportId,
    (verdict, decision): (Verdict, Decision),
) -> QueryResult<()> {
    let rest = import_rows::table
        .filter(import_rows::import.eq(import))
        .filter(import_rows::verdict.eq(verdict))
        .filter(import_rows::decision.is_null());
    diesel::update(rest)
        .set(import_rows::decision.eq(Some(decision)))
        .execute(conn)
        .map(drop)
}

/// How many rows wait for a decision.
pub(in crate::imports) fn undecided(conn: &mut Conn, import: ImportId) -> QueryResult<i64> {
    import_rows::table
        .filter(import_rows::import.eq(import))
        .filter(import_rows::verdict.eq_any([Verdict::Unsure, Verdict::Problem]))
        .filter(import_rows::decision.is_null())
        .count()
        .get_result(conn)
}

/// Forgets what the rows said; the verdicts stay.
pub(in crate::imports) fn forget(conn: &mut Conn, import: ImportId) -> QueryResult<usize> {
    diesel::update(import_rows::table.filter(import_rows::import.eq(import)))
        .set(import_rows::sealed.eq(None::<String>))
        .execute(conn)
}
