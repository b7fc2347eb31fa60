//! Randomness, as a value: the system's, or a seeded one that a test can repeat.

use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Utc};
use rand::{Rng, RngCore, SeedableRng, rngs::StdRng};
use uuid::Uuid;

/// A source of random bytes, fit for secrets unless it is seeded.
#[derive(Clone, Debug)]
pub struct Random(Option<Arc<Mutex<StdRng>>>);

impl Random {
    /// The operating system's generator.
    pub fn system() -> Self {
        Self(None)
    }

    /// A generator that gives the same bytes for the same seed. For tests only.
    pub fn seeded(seed: u64) -> Self {
        Self(Some(Arc::new(Mutex::new(StdRng::seed_from_u64(seed)))))
    }

    #[allow(clippy::disallowed_methods, reason = "the one place for it")]
    fn with<T>(&self, draw: impl FnOnce(&mut dyn RngCore) -> T) -> T {
        match &self.0 {
            None => draw(&mut rand::rng()),
            Some(rng) => draw(&mut *rng.lock().unwrap_or_else(PoisonError::into_inner)),
        }
    }

    /// `N` random bytes.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.with(|rng| rng.fill_bytes(&mut bytes));
        bytes
    }

    /// `count` random decimal digits, as a code that a person types.
    pub fn digits(&self, count: usize) -> String {
        self.with(|rng| (0..count).map(|_| char::from(b'0' + rng.random_range(0..10u8))).collect())
    }

    /// A UUIDv7 (RFC 9562): in order of `now` to the millisecond, random behind it.
    pub fn uuid_v7(&self, now: DateTime<Utc>) -> Uuid {
        let millis = u64::try_from(now.timestamp_millis()).unwrap_or(0);
        uuid::Builder::from_unix_timestamp_millis(millis, &self.bytes()).into_uuid()
    }
}
