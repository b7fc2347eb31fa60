//! When a provider is asked what became of an attempt, and for how long.

use chrono::{DateTime, TimeDelta, Utc};

/// The first question comes this long after the payer was sent off.
pub const FIRST: TimeDelta = TimeDelta::seconds(60);
const SOON: TimeDelta = TimeDelta::minutes(5);
const SOON_QUESTIONS: i32 = 5;
const LATER: TimeDelta = TimeDelta::hours(1);
const GIVE_UP: TimeDelta = TimeDelta::hours(26);
const DAILY: TimeDelta = TimeDelta::days(1);
const BANKS_TAKE: TimeDelta = TimeDelta::days(14);

/// When to ask again after the `asked`-th question (from 1) about an attempt made at `created`; `None` when it is a
/// person's turn.
pub fn next(created: DateTime<Utc>, asked: i32, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let wait = if asked <= SOON_QUESTIONS { SOON } else { LATER };
    Some(now + wait).filter(|at| *at <= created + GIVE_UP)
}

/// When to ask again after the `asked`-th look at a refund that was asked for at `created`: as for an attempt, and then daily for two
/// weeks, as banks take their time; `None` when it is a person's turn.
pub fn next_of_refund(created: DateTime<Utc>, asked: i32, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    if asked == 1 {
        return Some(now + FIRST);
    }
    next(created, asked - 1, now).or_else(|| Some(now + DAILY).filter(|at| *at <= created + BANKS_TAKE))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refund_is_followed_for_two_weeks() {
        let created: DateTime<Utc> = "2026-07-21T03:00:00Z".parse().unwrap();
        let mut asked = vec![created];
        while let Some(at) = next_of_refund(created, asked.len().try_into().unwrap(), asked[asked.len() - 1]) {
            asked.push(at);
        }
        let minutes: Vec<_> = asked.iter().map(|at| (*at - created).num_minutes()).collect();
        assert_eq!(minutes[..4], [0, 1, 6, 11]);
        let last = (asked[asked.len() - 1] - created).num_days();
        assert!((13..=14).contains(&last), "{last}");
    }

    #[test]
    fn the_provider_is_asked_after_a_minute_then_five_times_five_minutes_apart_then_hourly_for_a_day() {
        let created: DateTime<Utc> = "2026-07-21T03:00:00Z".parse().unwrap();
        let mut asked = vec![created + FIRST];
        while let Some(at) = next(created, asked.len().try_into().unwrap(), asked[asked.len() - 1]) {
            asked.push(at);
        }
        let minutes: Vec<_> = asked.iter().map(|at| (*at - created).num_minutes()).collect();
        assert_eq!(minutes[..8], [1, 6, 11, 16, 21, 26, 86, 146]);
        assert_eq!(minutes.last(), Some(&(26 + 25 * 60)));
    }
}
