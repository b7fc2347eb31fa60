//! How often a password may be guessed, and how long is waited then.

use chrono::{DateTime, TimeDelta, Utc};

/// Failures in a row that cost nothing, of one device or one network address at one account: people mistype.
pub const FREE: i32 = 5;
/// Failures in a row that cost nothing, of all unknown devices together at one account: as many as NIST SP 800-63B lets be. No
/// address adds more than its [`FREE`] ones to them, so that it takes twenty to make strangers wait for each other.
pub const FREE_TOGETHER: i32 = 100;
const FIRST: i64 = 5;
/// Failures are forgotten when the last one is this long ago.
pub const FORGOTTEN_AFTER: TimeDelta = TimeDelta::hours(12);
/// At this, 35,000 guesses take a year.
const LONGEST: i64 = 15 * 60;

/// How many failures there were in a row, and what follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Failures {
    pub count: i32,
    pub blocked_until: Option<DateTime<Utc>>,
    pub last_at: DateTime<Utc>,
}

impl Failures {
    /// With one more at `now`, which is charged before the password is looked at; or until when to wait, with nothing charged.
    ///
    /// # Errors
    /// Until when no guess is taken.
    pub fn charged(self, free: i32, now: DateTime<Utc>) -> Result<Self, DateTime<Utc>> {
        if now - self.last_at >= FORGOTTEN_AFTER {
            return Ok(Self { count: 1, blocked_until: None, last_at: now });
        }
        if let Some(until) = self.blocked_until.filter(|until| now < *until) {
            return Err(until);
        }
        let count = self.count.saturating_add(1);
        let wait = wait_after(count, free);
        Ok(Self { count, blocked_until: (!wait.is_zero()).then(|| now + wait), last_at: now })
    }

    /// With the last one given back: nothing was looked at.
    #[must_use]
    pub fn given_back(self) -> Self {
        Self { count: (self.count - 1).max(0), blocked_until: None, ..self }
    }
}

/// How long to wait after `failures` in a row, of which `free` cost nothing: then 5 s, doubled each time, at most 15 min.
fn wait_after(failures: i32, free: i32) -> TimeDelta {
    if failures < free {
        return TimeDelta::zero();
    }
    let doublings = u32::try_from(failures - free).unwrap_or(0).min(20);
    TimeDelta::seconds((FIRST << doublings).min(LONGEST))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_784_602_800 + second, 0).expect("a time")
    }

    #[test]
    fn the_wait_begins_with_the_fifth_failure_and_doubles_up_to_a_quarter_of_an_hour() {
        let waits: Vec<i64> = (3..=14).map(|failures| wait_after(failures, FREE).num_seconds()).collect();
        assert_eq!(waits, [0, 0, 5, 10, 20, 40, 80, 160, 320, 640, 900, 900]);
        assert_eq!(wait_after(i32::MAX, FREE).num_seconds(), 900);
    }

    #[test]
    fn the_fifth_guess_is_looked_at_and_the_sixth_waits_and_one_that_was_given_back_never_was() {
        let mut failures = Failures { count: 0, blocked_until: None, last_at: at(0) };
        for _ in 0..5 {
            failures = failures.charged(FREE, at(1)).expect("free");
        }
        assert_eq!(failures.charged(FREE, at(5)), Err(at(6)));
        let sixth = failures.charged(FREE, at(6)).expect("the pause is over");
        assert_eq!((sixth.count, sixth.blocked_until), (6, Some(at(16))));
        let again = failures.given_back().charged(FREE, at(2)).expect("the place of the fifth is free again");
        assert_eq!((again.count, again.blocked_until), (5, Some(at(7))));
    }

    #[test]
    fn half_a_day_without_a_guess_forgets_them_even_during_a_pause() {
        let many = Failures { count: 40, blocked_until: Some(at(900)), last_at: at(0) };
        assert_eq!(many.charged(FREE, at(12 * 3600)).expect("forgotten").count, 1);
    }
}
