//! Which failures of a database another try may not meet.
use diesel::result::{DatabaseErrorKind, Error as DbError};

/// Whether the database refused for a reason that another try may not meet. PostgreSQL's codes for deadlock,
/// lock timeout and cancelled statement reach us as text only.
pub fn is_passing(error: &DbError) -> bool {
    const PASSING: [&str; 10] = [
        "deadlock detected",
        "lock timeout",
        "statement timeout",
        "database is locked",
        "database or disk is full",
        "disk I/O error",
        "could not extend file",
        "terminating connection",
        "server closed the connection",
        "the database system is",
    ];
    match error {
        DbError::BrokenTransactionManager
        | DbError::DatabaseError(
            DatabaseErrorKind::SerializationFailure
            | DatabaseErrorKind::ClosedConnection
            | DatabaseErrorKind::ReadOnlyTransaction
            | DatabaseErrorKind::UnableToSendCommand,
            _,
        ) => true,
        DbError::DatabaseError(_, info) => {
            PASSING.iter().any(|words| info.message().contains(words))
        }
        DbError::RollbackErrorOnCommit { commit_error, .. } => is_passing(commit_error),
        _ => false,
    }
}
