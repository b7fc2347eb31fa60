//! The time, as a value: the system's, or one that a test moves by hand.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Instant, SystemTime},
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
    System(Began),
    Held(Arc<Mutex<DateTime<Utc>>>),
}

/// When this process first looked at the clock, by the clock and by a counter that nobody can set.
#[derive(Clone, Copy, Debug)]
struct Began {
    time: DateTime<Utc>,
    counter: Instant,
}

impl Clock {
    /// The machine's clock.
    #[allow(clippy::disallowed_methods, reason = "the one place for it")]
    pub fn system() -> Self {
        Self(Source::System(Began { time: Utc::now(), counter: Instant::now() }))
    }

    /// A clock that stands at `time` until it is moved.
    pub fn held_at(time: DateTime<Utc>) -> Self {
        Self(Source::Held(Arc::new(Mutex::new(time))))
    }

    /// The time now, in UTC, in whole microseconds: what PostgreSQL can store.
    #[allow(clippy::disallowed_methods, reason = "the one place for it")]
    pub fn now(&self) -> DateTime<Utc> {
        let time = match &self.0 {
            Source::System(_) => Utc::now(),
            Source::Held(time) => *time.lock().unwrap_or_else(PoisonError::into_inner),
        };
        DateTime::from_timestamp_micros(time.timestamp_micros()).unwrap_or(time)
    }

    /// The time by which something may be deleted for good: never later than what has passed since this process began. A machine
    /// whose clock is wrong for a moment deletes nothing by it.
    pub fn cautious(&self) -> DateTime<Utc> {
        let now = self.now();
        match &self.0 {
            Source::System(began) => {
                let passed = TimeDelta::from_std(began.counter.elapsed()).unwrap_or(TimeDelta::MAX);
                began.time.checked_add_signed(passed).map_or(now, |counted| counted.min(now))
            }
            Source::Held(_) => now,
        }
    }

    /// Moves a held clock forward (or back, by a negative `step`).
    ///
    /// # Panics
    /// When this is the system's clock, which nobody may move.
    pub fn advance(&self, step: TimeDelta) {
        match &self.0 {
            Source::System(_) => panic!("the system's clock cannot be moved"),
            Source::Held(time) => {
                *time.lock().unwrap_or_else(PoisonError::into_inner) += step;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_machine_whose_clock_jumps_eight_days_ahead_deletes_nothing_by_it() {
        let clock = Clock::system();
        let Source::System(now) = clock.0 else { panic!("the machine's") };
        let jumped = Clock(Source::System(Began { time: now.time - TimeDelta::days(8), ..now }));
        assert!(jumped.cautious() < jumped.now() - TimeDelta::days(7));
        let stepped_back = Clock(Source::System(Began { time: now.time + TimeDelta::days(8), ..now }));
        assert!(stepped_back.cautious() <= stepped_back.now());
    }
}
