//! How long an address waits after failures to sign in.

use chrono::TimeDelta;

/// Failures in a row that cost nothing: people mistype.
pub const FREE: i32 = 5;
const FIRST: i64 = 5;
/// Failures are forgotten when the last one is this long ago.
pub const FORGOTTEN_AFTER: TimeDelta = TimeDelta::hours(12);
/// Longer would let a stranger shut somebody out; at this, 35,000 guesses take a year.
const LONGEST: i64 = 15 * 60;

/// How long to wait after `failures` in a row: nothing before the fifth, then 5 s, doubled each time, at most 15 min.
pub fn wait_after(failures: i32) -> TimeDelta {
    if failures < FREE {
        return TimeDelta::zero();
    }
    let doublings = u32::try_from(failures - FREE).unwrap_or(0).min(20);
    TimeDelta::seconds((FIRST << doublings).min(LONGEST))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_begins_with_the_fifth_failure_and_doubles_up_to_a_quarter_of_an_hour() {
        let waits: Vec<i64> = (3..=14).map(|failures| wait_after(failures).num_seconds()).collect();
        assert_eq!(waits, [0, 0, 5, 10, 20, 40, 80, 160, 320, 640, 900, 900]);
        assert_eq!(wait_after(i32::MAX).num_seconds(), 900);
    }
}
