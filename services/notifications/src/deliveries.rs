//! Gathers what the jobs that send messages want of the database at the same moment: one statement reads for all of them, and one
//! notes the attempts that they made.

use pg::Batcher;
use uuid::Uuid;

use crate::{
    domain::message::Outgoing,
    store::messages::{self, Attempt},
};

/// The way to the database for whoever sends.
pub struct Deliveries {
    pool: pg::Pool,
    wanted: Batcher<Uuid, Option<Outgoing>>,
    attempts: Batcher<Attempt, ()>,
}

impl Deliveries {
    /// By connections of `pool`.
    pub fn new(pool: pg::Pool) -> Self {
        Self { pool, wanted: Batcher::default(), attempts: Batcher::default() }
    }

    /// A message to be sent, if it is there.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn outgoing(&self, message: Uuid) -> Result<Option<Outgoing>, pg::Error> {
        let read = async |ids: &[Uuid]| messages::outgoing(&mut *self.pool.get().await?, ids).await;
        self.wanted.load(message, read).await
    }

    /// Writes down an attempt that ended, and the state it leaves its message in.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn record(&self, attempt: Attempt) -> Result<(), pg::Error> {
        let record = async |attempts: &[Attempt]| {
            messages::record(&mut *self.pool.get().await?, attempts).await?;
            Ok(vec![(); attempts.len()])
        };
        self.attempts.load(attempt, record).await
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use diesel::QueryDsl;
    use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection};
    use diesel_migrations::{EmbeddedMigrations, embed_migrations};
    use provision::{Options, Postgres};

    use super::*;
    use crate::domain::{delivery::Outcome, message::State};

    const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations");
    const MESSAGE: &str =
        "insert into messages (id, channel, template, language, body_text, address, created_at, state)
        values ('00000000-0000-7000-8000-000000000001', 'SMS', 't', 'vi', 'x', '+84912345678', now(), 'QUEUED')";

    #[tokio::test]
    async fn an_attempt_whose_commit_was_in_doubt_is_written_once_however_often_it_is_recorded() {
        let server = Postgres::start(&Options::throwaway()).await.expect("a server");
        let url = format!("{}postgres", server.url());
        pg::migrate(&url, vec![MIGRATIONS]).await.expect("tables");
        let mut conn = AsyncPgConnection::establish(&url).await.expect("a connection");
        conn.batch_execute(MESSAGE).await.expect("a message");
        let attempt = Attempt {
            id: Uuid::from_u128(7),
            message: Uuid::from_u128(0x7000_8000_0000_0000_0001),
            ended_at: DateTime::UNIX_EPOCH,
            outcome: Outcome::Accepted(None),
            state: State::Sent,
        };
        for _ in 0..2 {
            messages::record(&mut conn, std::slice::from_ref(&attempt)).await.expect("it is recorded");
        }
        let attempts = crate::schema::message_attempts::table.count().get_result::<i64>(&mut conn).await;
        assert_eq!(attempts, Ok(1));
    }
}
