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
