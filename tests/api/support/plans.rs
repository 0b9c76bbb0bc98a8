//! What an engine means to do for a query: the real SQL is overheard, then explained.
use super::{Actor, TestApp};
use diesel::connection::{Instrumentation, InstrumentationEvent, SimpleConnection};
use diesel::prelude::*;
use diesel::sql_types::Text;
use giothong::platform::db::Conn;
use std::sync::{Arc, Barrier, Mutex};

#[derive(QueryableByName)]
struct SqliteStep {
    #[diesel(sql_type = Text)]
    detail: String,
}

#[derive(QueryableByName)]
struct PostgresStep {
    #[diesel(sql_type = Text, column_name = "QUERY PLAN")]
    line: String,
}

impl TestApp {
    /// The plans of every statement that `job` runs, one text each. Run `ANALYZE` before, on tables of some size.
    pub async fn plans<T>(
        &self,
        job: impl FnOnce(&mut Conn) -> QueryResult<T> + Send + 'static,
    ) -> Vec<String> {
        self.rows(move |conn| {
            let heard = Arc::new(Mutex::new(Vec::new()));
            let listener = heard.clone();
            conn.set_instrumentation(move |event: InstrumentationEvent<'_>| {
                if let InstrumentationEvent::StartQuery { query, .. } = event {
                    listener.lock().unwrap().push(query.to_string());
                }
            });
            job(conn)?;
            conn.set_instrumentation(None::<Box<dyn Instrumentation>>);
            let heard = heard.lock().unwrap().clone();
            heard.iter().map(|sql| explain(conn, sql)).collect()
        })
        .await
    }

    /// The plans of every question that this caller's GET of this path asks.
    pub async fn plans_of(&self, caller: &Actor, path: &str) -> Vec<String> {
        let heard = Arc::new(Mutex::new(Vec::new()));
        // All four connections of the pool at once, so that each of them listens.
        let all = Arc::new(Barrier::new(4));
        let listening = (0..4).map(|_| {
            let (listener, all) = (heard.clone(), all.clone());
            let listen = move |conn: &mut Conn| {
                all.wait();
                conn.set_instrumentation(move |event: InstrumentationEvent<'_>| {
                    if let InstrumentationEvent::StartQuery { query, .. } = event {
                        listener.lock().unwrap().push(query.to_string());
                    }
                });
                QueryResult::Ok(())
            };
            self.app.db.read(listen)
        });
        for done in futures_util::future::join_all(listening).await {
            done.unwrap();
        }
        heard.lock().unwrap().clear();
        caller.get(path).await.ok();
        let mut heard = heard.lock().unwrap().clone();
        heard.retain(|sql: &String| sql.contains(" FROM "));
        assert!(!heard.is_empty(), "{path} asked nothing");
        self.rows(move |conn| heard.iter().map(|sql| explain(conn, sql)).collect())
            .await
    }

    /// Lets the engine learn what the tables hold.
    pub async fn analyze(&self) {
        self.rows(|conn| conn.batch_execute("ANALYZE")).await;
    }
}

pub(super) fn explain(conn: &mut Conn, heard: &str) -> QueryResult<String> {
    let sql = heard.split(" -- binds").next().unwrap();
    match conn {
        Conn::Sqlite(conn) => {
            let steps: Vec<SqliteStep> =
                diesel::sql_query(format!("EXPLAIN QUERY PLAN {sql}")).load(conn)?;
            Ok(steps.into_iter().map(|step| step.detail + "\n").collect())
        }
        Conn::Postgres(conn) => {
            let blanks = (1..1000)
                .take_while(|n| sql.contains(&format!("${n}")))
                .count();
            let nulls = vec!["NULL"; blanks].join(", ");
            let nulls = if blanks == 0 {
                String::new()
            } else {
                format!("({nulls})")
            };
            conn.batch_execute(&format!(
                "SET LOCAL plan_cache_mode = force_generic_plan; PREPARE heard AS {sql}"
            ))?;
            let lines: Vec<PostgresStep> =
                diesel::sql_query(format!("EXPLAIN EXECUTE heard{nulls}")).load(conn)?;
            conn.batch_execute("DEALLOCATE heard")?;
            Ok(lines.into_iter().map(|step| step.line + "\n").collect())
        }
    }
}
