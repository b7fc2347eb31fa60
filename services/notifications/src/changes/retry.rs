//! Has what was given up be sent after all.

use chrono::{DateTime, Utc};
use diesel_async::AsyncPgConnection;

use crate::store::messages;

/// Puts every message that was given up back together with its job, to be tried as long as a new one. Gives their number.
pub async fn given_up(conn: &mut AsyncPgConnection, now: DateTime<Utc>) -> Result<usize, pg::Error> {
    messages::unfail(conn).await?;
    queue::retry_given_up(conn, now).await
}
