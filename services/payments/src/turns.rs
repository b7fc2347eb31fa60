//! Callbacks that concern one attempt, one after the other.

use std::{
    array,
    hash::{BuildHasher, RandomState},
    time::Duration,
};

use tokio::{
    sync::{Mutex, MutexGuard},
    time::timeout,
};

/// As long as one waits for a connection.
const PATIENCE: Duration = Duration::from_secs(3);

/// Who may go to the database with a callback. A provider that repeats itself sends many for one attempt, and all of them want
/// the row of its order: without turns they would wait for it with every connection of the pool, and nobody else could pay.
pub struct Turns {
    hasher: RandomState,
    turns: [Mutex<()>; 64],
}

impl Default for Turns {
    fn default() -> Self {
        Self { hasher: RandomState::new(), turns: array::from_fn(|_| Mutex::default()) }
    }
}

impl Turns {
    /// The turn of a callback for this reference; it ends when it is dropped.
    ///
    /// # Errors
    /// [`pg::Error::Unavailable`] when it does not come in three seconds.
    pub async fn of(&self, reference: &str) -> Result<MutexGuard<'_, ()>, pg::Error> {
        let turn = &self.turns[self.hasher.hash_one(reference) as usize % self.turns.len()];
        timeout(PATIENCE, turn.lock())
            .await
            .map_err(|_| pg::Error::Unavailable("too many callbacks for one attempt at once".into()))
    }
}
