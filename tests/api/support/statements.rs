//! What the service says to its database: recorded, counted and explained.
use super::{TestApp, plans};
use diesel::connection::{Connection, InstrumentationEvent, SimpleConnection};
use futures_util::future::join_all;
use giothong::platform::db::Conn;
use giothong::platform::problem::Problem;
use std::collections::BTreeSet;
use std::sync::{Arc, Barrier, Mutex};

/// Every statement of the writing connections since the recording began.
#[derive(Clone, Default)]
pub struct Statements {
    said: Arc<Mutex<Vec<String>>>,
    prepared: Arc<Mutex<BTreeSet<String>>>,
}

/// As many as `database::open` opens.
const CONNECTIONS: usize = 4;

impl TestApp {
    /// Records what is said by every connection that writes.
    pub async fn record(&self) -> Statements {
        let statements = Statements::default();
        let count = if self.app.db.engine() == "sqlite" {
            1
        } else {
            CONNECTIONS
        };
        let all_here = Arc::new(Barrier::new(count));
        let each = (0..count).map(|_| {
            let (statements, all_here) = (statements.clone(), all_here.clone());
            self.app.db.write(move |conn| {
                all_here.wait();
                statements.listen(conn);
                Ok::<(), Problem>(())
            })
        });
        for done in join_all(each).await {
            done.unwrap();
        }
        statements.take();
        statements
    }

    /// Ends the test when a recorded statement reads a whole table.
    pub async fn uses_indexes(&self, statement: String) {
        let said = statement.clone();
        let plan = self
            .rows(move |conn| {
                if let Conn::Postgres(conn) = conn {
                    // Tables of a test are too small for an index to pay; ask whether one could be used at all.
                    conn.batch_execute("SET LOCAL enable_seqscan = off")?;
                }
                plans::explain(conn, &statement)
            })
            .await;
        let whole = plan.lines().find(|step| {
            step.contains("Seq Scan") || (step.starts_with("SCAN ") && !step.contains("CONSTANT"))
        });
        assert_eq!(whole, None, "{said}");
    }
}

impl Statements {
    fn listen(&self, conn: &mut Conn) {
        let heard = self.clone();
        conn.set_instrumentation(move |event: InstrumentationEvent<'_>| match event {
            InstrumentationEvent::StartQuery { query, .. } => {
                let text = query.to_string();
                let text = text.split(" -- binds").next().unwrap().trim().to_owned();
                heard.said.lock().unwrap().push(text);
            }
            InstrumentationEvent::CacheQuery { sql, .. } => {
                heard.prepared.lock().unwrap().insert(sql.trim().to_owned());
            }
            _ => {}
        });
    }

    /// Whether a connection keeps this statement ready, so that it is parsed once and not each time.
    pub fn is_prepared(&self, text: &str) -> bool {
        self.prepared.lock().unwrap().contains(text)
    }

    /// What was said since, without the beginning and end of transactions and without looking up who calls.
    pub fn take(&self) -> Vec<String> {
        let said = std::mem::take(&mut *self.said.lock().unwrap());
        let counts = ["SELECT", "INSERT", "UPDATE", "DELETE"];
        said.into_iter()
            .filter(|text| counts.iter().any(|verb| text.starts_with(verb)))
            .filter(|text| !text.contains("sign_ins"))
            // Diesel asks once per connection how PostgreSQL numbers the type of an identifier.
            .filter(|text| !text.contains("pg_type"))
            .collect()
    }
}
