//! A day of the books: when it is over, and from when to when it runs.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use civic::VIETNAM;

/// What was begun before midnight is written down within this.
const IN_FLIGHT: TimeDelta = TimeDelta::minutes(10);

/// From when to when a day runs in Vietnam; the end is not of it.
pub fn bounds(day: NaiveDate) -> (DateTime<Utc>, DateTime<Utc>) {
    let start = (day.and_time(NaiveTime::MIN) - VIETNAM).and_utc();
    (start, start + TimeDelta::days(1))
}

/// The middle of a day in Vietnam: of what is known by its day alone.
pub fn noon(day: NaiveDate) -> DateTime<Utc> {
    bounds(day).0 + TimeDelta::hours(12)
}

/// The day in Vietnam.
pub fn of(at: DateTime<Utc>) -> NaiveDate {
    at.with_timezone(&VIETNAM).date_naive()
}

/// Whether nothing can be booked on a day any more.
pub fn is_over(day: NaiveDate, now: DateTime<Utc>) -> bool {
    now >= bounds(day).1 + IN_FLIGHT
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begins_at_midnight_in_vietnam_and_is_over_ten_minutes_after_it() {
        let day: NaiveDate = "2026-07-21".parse().unwrap();
        let (from, until) = bounds(day);
        assert_eq!(from, "2026-07-20T17:00:00Z".parse::<DateTime<Utc>>().unwrap());
        assert_eq!((of(from), of(until - TimeDelta::seconds(1)), of(until)), (day, day, day.succ_opt().unwrap()));
        assert_eq!(noon(day), "2026-07-21T05:00:00Z".parse::<DateTime<Utc>>().unwrap());
        assert!(!is_over(day, until + TimeDelta::minutes(9)));
        assert!(is_over(day, until + TimeDelta::minutes(10)));
    }
}
