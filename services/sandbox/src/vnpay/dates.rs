//! Times on VNPAY's wire: `yyyyMMddHHmmss` in GMT+7.

use chrono::{DateTime, Days, FixedOffset, NaiveDateTime, TimeZone, Utc};

const FORMAT: &str = "%Y%m%d%H%M%S";
const HANOI_SECONDS_EAST: i32 = 7 * 3600;

pub(crate) fn hanoi() -> FixedOffset {
    FixedOffset::east_opt(HANOI_SECONDS_EAST).expect("seven hours is a valid offset")
}

pub(crate) fn to_wire(time: DateTime<Utc>) -> String {
    time.with_timezone(&hanoi()).format(FORMAT).to_string()
}

/// `None` unless the text is exactly fourteen digits that make a date and a time.
pub(crate) fn from_wire(text: &str) -> Option<DateTime<Utc>> {
    if text.len() != 14 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let local = NaiveDateTime::parse_from_str(text, FORMAT).ok()?;
    let time = hanoi().from_local_datetime(&local).single()?;
    Some(time.with_timezone(&Utc))
}

/// The day, `yyyyMMdd`, of a time already known to be on the wire's format.
pub(crate) fn day(wire: &str) -> &str {
    wire.get(..8).unwrap_or(wire)
}

pub(crate) fn a_day_later(wire: &str) -> String {
    from_wire(wire).and_then(|time| time.checked_add_days(Days::new(1))).map_or_else(|| wire.to_owned(), to_wire)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wire_is_seven_hours_ahead_of_utc() {
        let time = from_wire("20260721101530").unwrap();
        assert_eq!(time.to_rfc3339(), "2026-07-21T03:15:30+00:00");
        assert_eq!(to_wire(time), "20260721101530");
    }

    #[test]
    fn what_is_not_fourteen_digits_of_a_real_moment_is_refused() {
        for text in ["", "2026072110153", "20260732101530", "2026072110153x"] {
            assert!(from_wire(text).is_none(), "{text}");
        }
    }
}
