//! Writes down what is said to the database and how long it took, for whoever looks for a slow question; no values.
use super::Conn;
use diesel::connection::{Instrumentation, InstrumentationEvent};
use diesel::prelude::*;
use std::time::Instant;
use tracing::Level;

/// Listens to this connection if the log wants this module's `debug` lines; what it says else costs nothing.
pub(super) fn log(conn: &mut Conn) {
    if tracing::enabled!(Level::DEBUG) {
        conn.set_instrumentation(Listener::default());
    }
}

#[derive(Default)]
struct Listener {
    begun: Option<Instant>,
}

impl Instrumentation for Listener {
    fn on_connection_event(&mut self, event: InstrumentationEvent<'_>) {
        match event {
            InstrumentationEvent::StartQuery { .. } => self.begun = Some(Instant::now()),
            InstrumentationEvent::FinishQuery { query, error, .. } => {
                let took = self
                    .begun
                    .take()
                    .map_or(0, |begun| begun.elapsed().as_micros());
                let text = query.to_string();
                let text = without_values(&text);
                tracing::debug!(micros = took, is_done = error.is_none(), text, "said");
            }
            _ => {}
        }
    }
}

/// Diesel prints what was bound behind the text: personal data, and none of the log's business.
fn without_values(text: &str) -> &str {
    text.split(" -- binds").next().unwrap_or_default().trim()
}

#[cfg(test)]
mod tests {
    use super::without_values;

    #[test]
    fn a_logged_statement_says_nothing_of_anybody() {
        let text = "SELECT \"people\".\"id\" FROM \"people\" WHERE (\"people\".\"name\" = $1) -- binds: [\"Lê Văn An\"]";
        assert_eq!(
            without_values(text),
            "SELECT \"people\".\"id\" FROM \"people\" WHERE (\"people\".\"name\" = $1)"
        );
    }
}
