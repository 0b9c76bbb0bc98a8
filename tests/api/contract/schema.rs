//! The tables as diesel sees them are the tables there are, on both databases, and every step can be taken back.
use super::source::read;
use crate::support::TestApp;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use giothong::platform::db::schema::{jobs, sign_ins};
use giothong::platform::id::{AnyId, PersonId, SignInId};
use std::collections::BTreeSet;

/// `drives.name Text NOT NULL`.
type Columns = BTreeSet<String>;

#[derive(QueryableByName)]
struct Column {
    #[diesel(sql_type = Text)]
    place: String,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = BigInt)]
    is_needed: i64,
}

const SQLITE: &str = "SELECT m.name || '.' || c.name AS place, c.type AS kind, CAST(c.\"notnull\" AS BIGINT) AS is_needed \
    FROM sqlite_master m, pragma_table_info(m.name) c \
    WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name NOT LIKE '\\_\\_%' ESCAPE '\\'";
const POSTGRES: &str = "SELECT table_name || '.' || column_name AS place, data_type AS kind, \
    CAST(CASE is_nullable WHEN 'NO' THEN 1 ELSE 0 END AS BIGINT) AS is_needed \
    FROM information_schema.columns \
    WHERE table_schema = current_schema() AND table_name NOT LIKE '\\_\\_%'";

/// What each engine calls the types of the schema.
fn kind(engine: &str) -> &'static str {
    match engine {
        "TEXT" | "text" => "Text",
        "SMALLINT" | "smallint" => "SmallInt",
        "INTEGER" | "integer" => "Integer",
        "BIGINT" | "bigint" => "BigInt",
        "BOOLEAN" | "boolean" => "Bool",
        "DATE" | "date" => "Date",
        "DOUBLE PRECISION" | "double precision" => "Double",
        "TIMESTAMPTZ" | "timestamp with time zone" => "Ts",
        "UUID" | "uuid" => "Uid",
        "JSONB" | "jsonb" => "JsonDoc",
        other => panic!("{other} is no type both databases have"),
    }
}

async fn found(app: &TestApp) -> Columns {
    let question = if app.app.db.engine() == "sqlite" {
        SQLITE
    } else {
        POSTGRES
    };
    let columns: Vec<Column> = app
        .rows(move |conn| diesel::sql_query(question).load(conn))
        .await;
    let line = |column: Column| {
        let needed = if column.is_needed == 1 {
            " NOT NULL"
        } else {
            ""
        };
        format!("{} {}{needed}", column.place, kind(&column.kind))
    };
    columns.into_iter().map(line).collect()
}

fn written() -> Columns {
    let mut columns = Columns::new();
    let mut table = String::new();
    for line in read("src/platform/db/schema.rs").lines().map(str::trim) {
        if let Some(head) = line.strip_suffix(") {") {
            head.split(' ').next().unwrap().clone_into(&mut table);
        } else if let Some((name, kind)) = line.split_once(" -> ") {
            let kind = kind.trim_end_matches(',');
            let inner = kind
                .strip_prefix("Nullable<")
                .and_then(|kind| kind.strip_suffix('>'));
            columns.insert(match inner {
                Some(kind) => format!("{table}.{name} {kind}"),
                None => format!("{table}.{name} {kind} NOT NULL"),
            });
        }
    }
    assert!(columns.len() > 100, "the schema was not found");
    columns
}

#[actix_web::test]
async fn the_schema_is_what_the_database_has() {
    let app = TestApp::new().await;
    let (written, found) = (written(), found(&app).await);
    let only_written: Vec<_> = written.difference(&found).collect();
    let only_found: Vec<_> = found.difference(&written).collect();
    assert!(
        only_written.is_empty() && only_found.is_empty(),
        "only in schema.rs: {only_written:#?}\nonly in the database: {only_found:#?}"
    );
}

#[actix_web::test]
async fn every_step_can_be_taken_back_and_taken_again() {
    let app = TestApp::new().await;
    let before = found(&app).await;
    let back = app.app.db.revert().unwrap();
    assert!(back > 5, "{back} steps");
    assert_eq!(found(&app).await, Columns::new());
    assert_eq!(app.app.db.pending().unwrap(), back);
    assert_eq!(app.app.db.migrate().unwrap(), back);
    assert_eq!(found(&app).await, before);
}

#[actix_web::test]
async fn a_row_cannot_point_at_nobody() {
    let app = TestApp::new().await;
    let (sign_in, nobody): (SignInId, PersonId) = (app.app.id(), app.app.id());
    let now = app.app.now();
    let orphan = app.app.db.write(move |conn| {
        diesel::insert_into(sign_ins::table)
            .values((
                sign_ins::id.eq(sign_in),
                sign_ins::person.eq(nobody),
                sign_ins::epoch.eq(0),
                sign_ins::label.eq("test"),
                sign_ins::created_at.eq(now),
                sign_ins::used_at.eq(now),
                sign_ins::idle_until.eq(now),
                sign_ins::ends_at.eq(now),
            ))
            .execute(conn)
    });
    assert!(orphan.await.is_err());
}

/// A list of states in a CHECK is the net under the code that writes them.
#[actix_web::test]
async fn a_state_nobody_knows_is_refused_by_the_table_itself() {
    let app = TestApp::new().await;
    let (id, now): (AnyId, _) = (app.app.id(), app.app.now());
    let odd = app.app.db.write(move |conn| {
        diesel::insert_into(jobs::table)
            .values((
                jobs::id.eq(id),
                jobs::kind.eq("x"),
                jobs::payload.eq(giothong::platform::db::Json(serde_json::json!({}))),
                jobs::state.eq("asleep"),
                jobs::due_at.eq(now),
                jobs::tries.eq(0),
                jobs::created_at.eq(now),
            ))
            .execute(conn)
    });
    assert!(odd.await.is_err());
}
