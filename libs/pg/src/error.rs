//! What PostgreSQL's refusals mean to a caller.

use diesel::result::{DatabaseErrorKind, Error as Diesel};

/// Why a database step did not happen.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database cannot answer now; nothing was changed; try again shortly.
    #[error("the database is not available: {0}")]
    Unavailable(String),
    /// The statement took longer than the session allows, or waited too long for a lock: the database is well, and this may
    /// succeed later.
    #[error("a statement took too long: {0}")]
    TimedOut(String),
    /// A constraint refused the row: its name, as in the migration.
    #[error("the constraint {0} refused the row")]
    Conflict(String),
    /// The row was looked for and is not there.
    #[error("no such row")]
    NotFound,
    /// The statement itself is wrong: a bug.
    #[error("a statement failed: {0}")]
    Query(#[source] Diesel),
}

impl Error {
    /// Whether the same may succeed shortly: nothing is wrong with what was asked.
    pub fn is_passing(&self) -> bool {
        matches!(self, Self::Unavailable(_) | Self::TimedOut(_))
    }
}

impl From<Diesel> for Error {
    fn from(why: Diesel) -> Self {
        match why {
            Diesel::NotFound => Self::NotFound,
            Diesel::BrokenTransactionManager => Self::Unavailable("the connection broke in a transaction".into()),
            Diesel::DatabaseError(kind, info) => refusal(kind, info),
            other => Self::Query(other),
        }
    }
}

fn refusal(kind: DatabaseErrorKind, info: Box<dyn diesel::result::DatabaseErrorInformation + Send + Sync>) -> Error {
    use DatabaseErrorKind as Kind;
    match kind {
        Kind::UniqueViolation | Kind::ForeignKeyViolation | Kind::CheckViolation | Kind::ExclusionViolation => {
            Error::Conflict(info.constraint_name().unwrap_or("(unnamed)").to_owned())
        }
        Kind::ClosedConnection | Kind::UnableToSendCommand | Kind::SerializationFailure | Kind::ReadOnlyTransaction => {
            Error::Unavailable(info.message().to_owned())
        }
        // The driver passes on no code for these, so they are told by PostgreSQL's messages, which must be English (README).
        _ if info.message().contains("canceling statement") => Error::TimedOut(info.message().to_owned()),
        _ if is_passing(info.message()) => Error::Unavailable(info.message().to_owned()),
        _ => Error::Query(Diesel::DatabaseError(kind, info)),
    }
}

fn is_passing(message: &str) -> bool {
    const PASSING: [&str; 8] = [
        "terminating connection",
        "the database system is",
        "deadlock detected",
        "connection closed",
        "error communicating",
        "too many clients",
        "remaining connection slots",
        "could not extend file",
    ];
    PASSING.iter().any(|part| message.contains(part))
}
