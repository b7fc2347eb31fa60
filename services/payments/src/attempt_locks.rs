//! Callbacks that concern one attempt, one after the other.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError, Weak},
    time::Duration,
};

use tokio::{
    sync::{Mutex as Lock, OwnedMutexGuard},
    time::timeout,
};

/// A little longer than one waits for a connection (`WAIT` in `libs/pg/src/pool.rs`).
const LOCK_TIMEOUT: Duration = Duration::from_secs(3);

/// Who may go to the database with a callback. A provider that repeats itself sends many for one attempt, and all of them want
/// the row of its order: without these locks they would wait for it with every connection of the pool, and nobody else could
/// pay.
#[derive(Default)]
pub struct AttemptLocks(Mutex<HashMap<String, Weak<Lock<()>>>>);

impl AttemptLocks {
    /// The lock on the attempt of this reference, until it is dropped.
    ///
    /// # Errors
    /// [`pg::Error::Unavailable`] when it is not free within [`LOCK_TIMEOUT`].
    pub async fn of(&self, reference: &str) -> Result<OwnedMutexGuard<()>, pg::Error> {
        let lock = self.lock(reference).lock_owned();
        let too_many = |_| pg::Error::Unavailable("too many callbacks for one attempt at once".into());
        timeout(LOCK_TIMEOUT, lock).await.map_err(too_many)
    }

    fn lock(&self, reference: &str) -> Arc<Lock<()>> {
        let mut locks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        locks.retain(|_, lock| lock.strong_count() > 0);
        locks.get(reference).and_then(Weak::upgrade).unwrap_or_else(|| {
            let lock = Arc::default();
            locks.insert(reference.to_owned(), Arc::downgrade(&lock));
            lock
        })
    }
}
