//! Times as people in Vietnam read them.

use chrono::{DateTime, FixedOffset, Utc};

/// `10:00 21/07/2026`, in Vietnam's time: seven hours ahead of UTC, without daylight saving.
pub fn in_vietnam(time: DateTime<Utc>) -> String {
    let offset = FixedOffset::east_opt(7 * 3600).expect("seven hours are less than a day");
    time.with_timezone(&offset).format("%H:%M %d/%m/%Y").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_evening_in_utc_is_the_next_morning_in_vietnam() {
        let evening = "2026-12-31T17:30:00Z".parse().expect("a time");
        assert_eq!(in_vietnam(evening), "00:30 01/01/2027");
    }
}
