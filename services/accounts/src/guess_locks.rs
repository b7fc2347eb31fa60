//! Guesses of one device or network address at one account, one after the other.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError, Weak},
};

use tokio::sync::{Mutex as Lock, OwnedMutexGuard};

/// Whose guess is looked at. A guess is charged before it is, and given back when it was right: without these locks the charges of
/// several right ones at once (a browser that opens all its tabs) would look like failures in a row, and the sixth be refused.
#[derive(Clone, Default)]
pub struct GuessLocks(Arc<Mutex<Locks>>);

type Locks = HashMap<Vec<u8>, Weak<Lock<()>>>;

impl GuessLocks {
    /// The lock on what is counted under `key`, until it is dropped.
    pub async fn of(&self, key: &[u8]) -> OwnedMutexGuard<()> {
        self.lock(key).lock_owned().await
    }

    fn lock(&self, key: &[u8]) -> Arc<Lock<()>> {
        let mut locks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        locks.retain(|_, lock| lock.strong_count() > 0);
        locks.get(key).and_then(Weak::upgrade).unwrap_or_else(|| {
            let lock = Arc::default();
            locks.insert(key.to_vec(), Arc::downgrade(&lock));
            lock
        })
    }
}
