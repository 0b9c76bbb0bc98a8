//! Statements that each connection parses and plans once, and one word for work whose statements must be planned each
//! time. Diesel keeps queries ready by themselves, but nothing that changes a row and nothing with a literal in it, since
//! the texts of those may be without number.
use super::Conn;
use diesel::QueryResult;
use diesel::backend::Backend;
use diesel::connection::SimpleConnection;
use diesel::internal::derives::multiconnection::AstPassHelper;
use diesel::query_builder::{AstPass, Query, QueryBuilder, QueryFragment, QueryId};
use diesel::query_dsl::RunQueryDsl;

/// A statement of few texts, kept ready under its text for as long as the connection lives.
#[derive(Debug, Clone, Copy)]
pub struct Prepared<Q>(Q);

/// Says of a statement that it has the same text whatever is asked: no list of blanks as long as what is looked for.
/// It is run on the engine's own connection, by `on_each!`.
pub trait Prepare: Sized {
    /// Keeps this statement ready.
    fn prepared(self) -> Prepared<Self> {
        Prepared(self)
    }
}

impl<Q> Prepare for Q {}

impl<Q, DB> QueryFragment<DB> for Prepared<Q>
where
    DB: Backend,
    DB::QueryBuilder: Default,
    Q: QueryFragment<DB>,
{
    fn walk_ast<'b>(&'b self, mut pass: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        let is_about_values = pass.bind_collector().is_some() || pass.debug_binds().is_some();
        if is_about_values {
            return self.0.walk_ast(pass);
        }
        // Only as a whole: its parts would say that it must not be kept.
        let mut text = DB::QueryBuilder::default();
        self.0.to_sql(&mut text, pass.backend())?;
        pass.push_sql(&text.finish());
        Ok(())
    }
}

impl<Q> QueryId for Prepared<Q> {
    type QueryId = ();
    // Found again by its text, which is true whatever it is.
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<Q: Query> Query for Prepared<Q> {
    type SqlType = Q::SqlType;
}

impl<Q, C> RunQueryDsl<C> for Prepared<Q> {}

/// From here to the end of the transaction PostgreSQL plans each statement for the values it has. One that asks for thousands
/// at once and was planned for any values compares each row with each of them, for as long as nobody counted a new table.
pub fn plan_anew(conn: &mut Conn) -> QueryResult<()> {
    match conn {
        Conn::Postgres(conn) => conn.batch_execute("SET LOCAL plan_cache_mode = force_custom_plan"),
        Conn::Sqlite(_) => Ok(()),
    }
}
