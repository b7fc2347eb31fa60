//! Callbacks that concern one attempt, one after the other.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError, Weak},
    time::Duration,
};

use tokio::{
    sync::{Mutex as Turn, OwnedMutexGuard},
    time::timeout,
};

/// As long as one waits for a connection.
const PATIENCE: Duration = Duration::from_secs(3);

/// Who may go to the database with a callback. A provider that repeats itself sends many for one attempt, and all of them want
/// the row of its order: without turns they would wait for it with every connection of the pool, and nobody else could pay.
#[derive(Default)]
pub struct Turns(Mutex<HashMap<String, Weak<Turn<()>>>>);

impl Turns {
    /// The turn of a callback for this reference; it ends when it is dropped.
    ///
    /// # Errors
    /// [`pg::Error::Unavailable`] when it does not come in three seconds.
    pub async fn of(&self, reference: &str) -> Result<OwnedMutexGuard<()>, pg::Error> {
        let turn = self.queue(reference).lock_owned();
        let too_many = |_| pg::Error::Unavailable("too many callbacks for one attempt at once".into());
        timeout(PATIENCE, turn).await.map_err(too_many)
    }

    fn queue(&self, reference: &str) -> Arc<Turn<()>> {
        let mut queues = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        queues.retain(|_, queue| queue.strong_count() > 0);
        queues.get(reference).and_then(Weak::upgrade).unwrap_or_else(|| {
            let queue = Arc::default();
            queues.insert(reference.to_owned(), Arc::downgrade(&queue));
            queue
        })
    }
}
