//! Has what was given up be sent after all.

use chrono::{DateTime, Utc};
use diesel_async::AsyncPgConnection;
use queue::{GivenUp, GivenUpKind, Repair};

use crate::store::messages;

/// Puts every message that was given up back together with its job, to be tried as long as a new one. Gives their number.
pub async fn given_up(conn: &mut AsyncPgConnection, now: DateTime<Utc>) -> Result<usize, pg::Error> {
    messages::unfail(conn, None).await?;
    queue::retry_given_up(conn, now).await
}

/// Has the message whose job an official put back wait again, in the same transaction.
pub async fn of_repair(conn: &mut AsyncPgConnection, repair: Repair, work: &GivenUp) -> Result<(), pg::Error> {
    match (repair, work.kind) {
        (Repair::Retry, GivenUpKind::Job) => messages::unfail(conn, Some(work.id)).await,
        _ => Ok(()),
    }
}
