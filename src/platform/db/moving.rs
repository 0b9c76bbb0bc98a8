//! From a SQLite file into PostgreSQL: every row of every table, told in the form that the other one reads.
use super::Conn;
use super::pool::Place;
use anyhow::{Context, bail, ensure};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use std::collections::BTreeMap;

/// Rows told at once.
const BATCH: i64 = 1_000;
/// All rows of a table that points at itself, so that none is told before the one it names.
const ALL: i64 = -1;

/// A table, its columns with their types, and the tables it points at.
struct Table {
    name: String,
    columns: Vec<(String, String)>,
    parents: Vec<String>,
}

/// A file that everything is taken from, and a database with the same tables that it all goes to.
pub struct Move {
    source: SqliteConnection,
    target: PgConnection,
    tables: Vec<Table>,
}

impl Move {
    /// Opens both; nothing is changed yet.
    pub fn open(from: &str, to: &str) -> anyhow::Result<Self> {
        let Conn::Sqlite(mut source) = Place::parse(from)?.connect()? else {
            bail!("it goes from a SQLite file");
        };
        let Conn::Postgres(mut target) = Place::parse(to)?.connect()? else {
            bail!("it goes to PostgreSQL");
        };
        target.batch_execute(
            "SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0;",
        )?;
        let tables = in_order(tables(&mut source)?)?;
        Ok(Self {
            source,
            target,
            tables,
        })
    }

    /// How many rows there are to move.
    pub fn rows(&mut self) -> anyhow::Result<u64> {
        let mut rows = 0;
        for table in &self.tables {
            let text = format!("SELECT count(*) AS number FROM \"{}\"", table.name);
            rows += number(&text, &mut self.source)?;
        }
        Ok(u64::try_from(rows)?)
    }

    /// Moves everything or nothing; `told` hears of rows as they go. Refuses a target that somebody uses.
    pub fn run(&mut self, told: impl Fn(u64)) -> anyhow::Result<()> {
        let (target, tables) = (&mut self.target, &self.tables);
        for used in ["people", "organisations"] {
            let text = format!("SELECT count(*) AS number FROM {used}");
            ensure!(number(&text, target)? == 0, "the target is not empty");
        }
        self.source.immediate_transaction(|source| {
            target.transaction(|target| {
                for table in tables.iter().rev() {
                    target.batch_execute(&format!("DELETE FROM \"{}\"", table.name))?;
                }
                for table in tables {
                    table.copy((&mut *source, &mut *target), &told)?;
                }
                Ok::<_, anyhow::Error>(())
            })
        })?;
        Ok(self.target.batch_execute("ANALYZE")?)
    }
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    number: i64,
}

fn number<C>(text: &str, conn: &mut C) -> anyhow::Result<i64>
where
    C: Connection,
    diesel::query_builder::SqlQuery: for<'a> diesel::query_dsl::LoadQuery<'a, C, Number>,
{
    let found: Number = diesel::sql_query(text).get_result(conn)?;
    Ok(found.number)
}

/// A column of a table, or a table it points at.
#[derive(QueryableByName)]
struct Column {
    #[diesel(sql_type = Text)]
    of: String,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    kind: String,
}

/// Rows of one table on their way.
#[derive(QueryableByName)]
struct Batch {
    #[diesel(sql_type = BigInt)]
    last: i64,
    #[diesel(sql_type = BigInt)]
    rows: i64,
    #[diesel(sql_type = Text)]
    told: String,
}

fn tables(source: &mut SqliteConnection) -> anyhow::Result<Vec<Table>> {
    let ours =
        "m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name NOT LIKE '\\_\\_%' ESCAPE '\\'";
    let columns: Vec<Column> = diesel::sql_query(format!(
        "SELECT m.name AS of, c.name AS name, c.type AS kind FROM sqlite_schema m, pragma_table_info(m.name) c \
         WHERE {ours} ORDER BY m.name, c.cid"
    ))
    .load(source)?;
    let parents: Vec<Column> = diesel::sql_query(format!(
        "SELECT m.name AS of, f.\"table\" AS name, '' AS kind FROM sqlite_schema m, \
         pragma_foreign_key_list(m.name) f WHERE {ours}"
    ))
    .load(source)?;
    let mut tables: BTreeMap<String, Table> = BTreeMap::new();
    for column in columns {
        let table = tables.entry(column.of.clone()).or_insert(Table {
            name: column.of,
            columns: Vec::new(),
            parents: Vec::new(),
        });
        table.columns.push((column.name, column.kind));
    }
    for parent in parents {
        if let Some(table) = tables.get_mut(&parent.of) {
            table.parents.push(parent.name);
        }
    }
    Ok(tables.into_values().collect())
}

/// Each table after those it points at.
fn in_order(mut open: Vec<Table>) -> anyhow::Result<Vec<Table>> {
    let mut placed: Vec<Table> = Vec::new();
    while !open.is_empty() {
        let (ready, rest): (Vec<Table>, Vec<Table>) = open.into_iter().partition(|table| {
            let is_placed = |name: &String| {
                *name == table.name || placed.iter().any(|other| other.name == *name)
            };
            table.parents.iter().all(is_placed)
        });
        ensure!(!ready.is_empty(), "tables point at each other in a circle");
        placed.extend(ready);
        open = rest;
    }
    Ok(placed)
}

impl Table {
    fn copy(
        &self,
        (source, target): (&mut SqliteConnection, &mut PgConnection),
        told: &impl Fn(u64),
    ) -> anyhow::Result<()> {
        let (asking, telling) = (self.asking(), self.telling());
        let mut after = 0_i64;
        loop {
            let batch: Batch = diesel::sql_query(&asking)
                .bind::<BigInt, _>(after)
                .get_result(source)
                .with_context(|| format!("cannot read {}", self.name))?;
            if batch.rows == 0 {
                return Ok(());
            }
            let written = diesel::sql_query(&telling)
                .bind::<Text, _>(&batch.told)
                .execute(target)
                .with_context(|| format!("cannot write {}", self.name))?;
            ensure!(
                i64::try_from(written)? == batch.rows,
                "rows of {} are lost",
                self.name
            );
            told(u64::try_from(batch.rows)?);
            after = batch.last;
        }
    }

    fn asking(&self) -> String {
        let fields: Vec<String> = self
            .columns
            .iter()
            .map(|(name, kind)| format!("'{name}', {}", said(name, kind)))
            .collect();
        let limit = if self.parents.contains(&self.name) {
            ALL
        } else {
            BATCH
        };
        format!(
            "SELECT coalesce(max(n), 0) AS last, count(*) AS rows, json_group_array(json(told)) AS told FROM (SELECT \
             rowid AS n, json_object({}) AS told FROM \"{}\" WHERE rowid > ? ORDER BY rowid LIMIT {limit})",
            fields.join(", "),
            self.name
        )
    }

    fn telling(&self) -> String {
        let names: Vec<String> = self
            .columns
            .iter()
            .map(|(name, _)| format!("\"{name}\""))
            .collect();
        let (table, names) = (&self.name, names.join(", "));
        format!(
            "INSERT INTO \"{table}\" ({names}) SELECT {names} FROM json_populate_recordset(NULL::\"{table}\", $1::json)"
        )
    }
}

/// How a value is told as JSON. SQLite keeps ids as bytes, moments as microseconds, and documents as text.
fn said(name: &str, kind: &str) -> String {
    let column = format!("\"{name}\"");
    let told = match kind {
        "UUID" => format!("lower(hex({column}))"),
        "TIMESTAMPTZ" => {
            let micros = format!("(({column} % 1000000 + 1000000) % 1000000)");
            format!(
                "strftime('%Y-%m-%dT%H:%M:%S', ({column} - {micros}) / 1000000, 'unixepoch') || printf('.%06dZ', {micros})"
            )
        }
        // Every digit: as a number it would be shortened.
        "DOUBLE PRECISION" => format!("printf('%!.17g', {column})"),
        "JSONB" => return format!("json({column})"),
        _ => return column,
    };
    format!("iif({column} IS NULL, NULL, {told})")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(name: &str, parents: &[&str]) -> Table {
        Table {
            name: name.to_owned(),
            columns: Vec::new(),
            parents: parents.iter().map(|name| (*name).to_owned()).collect(),
        }
    }

    #[test]
    fn a_table_comes_after_those_it_points_at() {
        let open = vec![
            table("a", &["b", "c"]),
            table("b", &["c", "b"]),
            table("c", &[]),
        ];
        let names: Vec<String> = in_order(open)
            .unwrap()
            .into_iter()
            .map(|one| one.name)
            .collect();
        assert_eq!(names, ["c", "b", "a"]);
        assert!(in_order(vec![table("a", &["b"]), table("b", &["a"])]).is_err());
    }

    #[derive(QueryableByName)]
    struct Told {
        #[diesel(sql_type = Text)]
        told: String,
    }

    #[test]
    fn what_sqlite_keeps_is_told_as_postgresql_reads_it() {
        let mut conn = SqliteConnection::establish(":memory:").unwrap();
        for (kind, value, told) in [
            (
                "UUID",
                "x'0189AB00000070008000000000000001'",
                "\"0189ab00000070008000000000000001\"",
            ),
            (
                "TIMESTAMPTZ",
                "1777600800000001",
                "\"2026-05-01T02:00:00.000001Z\"",
            ),
            ("TIMESTAMPTZ", "-1", "\"1969-12-31T23:59:59.999999Z\""),
            ("TIMESTAMPTZ", "NULL", "null"),
            ("DOUBLE PRECISION", "0.1", "\"0.1\""),
            ("JSONB", "'[1,\"a\"]'", "[1,\"a\"]"),
            ("TEXT", "'Hồng \"đỏ\"'", "\"Hồng \\\"đỏ\\\"\""),
            ("BOOLEAN", "1", "1"),
        ] {
            let text = format!(
                "SELECT json_extract(json_object('c', {}), '$') AS told FROM (SELECT {value} AS c)",
                said("c", kind)
            );
            let found: Told = diesel::sql_query(text).get_result(&mut conn).unwrap();
            assert_eq!(found.told, format!("{{\"c\":{told}}}"), "{kind}");
        }
    }
}
