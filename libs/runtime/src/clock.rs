//! The time, as a value: the system's, or one that a test moves by hand.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::SystemTime,
};

use chrono::{DateTime, TimeDelta, Utc};

/// The machine's time, whatever a test makes of the clock: what spans are told by, because their collector has no other.
#[allow(clippy::disallowed_methods, reason = "the one place for it")]
pub fn machine_time() -> SystemTime {
    SystemTime::now()
}

/// Tells the time. Clones of a held clock share one hand.
#[derive(Clone, Debug)]
pub struct Clock(Source);

#[derive(Clone, Debug)]
enum Source {
    System,
    Held(Arc<Mutex<DateTime<Utc>>>),
}

impl Clock {
    /// The machine's clock.
    pub fn system() -> Self {
        Self(Source::System)
    }

    /// A clock that stands at `time` until it is moved.
    pub fn held_at(time: DateTime<Utc>) -> Self {
        Self(Source::Held(Arc::new(Mutex::new(time))))
    }

    /// The time now, in UTC, in whole microseconds: what PostgreSQL can store.
    #[allow(clippy::disallowed_methods, reason = "the one place for it")]
    pub fn now(&self) -> DateTime<Utc> {
        let time = match &self.0 {
            Source::System => Utc::now(),
            Source::Held(time) => *time.lock().unwrap_or_else(PoisonError::into_inner),
        };
        DateTime::from_timestamp_micros(time.timestamp_micros()).unwrap_or(time)
    }

    /// Moves a held clock forward (or back, by a negative `step`).
    ///
    /// # Panics
    /// When this is the system's clock, which nobody may move.
    pub fn advance(&self, step: TimeDelta) {
        match &self.0 {
            Source::System => panic!("the system's clock cannot be moved"),
            Source::Held(time) => {
                *time.lock().unwrap_or_else(PoisonError::into_inner) += step;
            }
        }
    }
}
