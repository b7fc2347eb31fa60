//! E-receipts: in which symbol and year they are numbered.

use chrono::{DateTime, Datelike, Utc};
use civic::VIETNAM;

civic::closed_list! {
    /// Whether a receipt is valid.
    pub enum ReceiptState: "the state of a receipt" {
        /// It is valid.
        Issued = "ISSUED",
        /// It was cancelled.
        Cancelled = "CANCELLED",
        /// Another one stands for it.
        Replaced = "REPLACED",
    }
}

/// The year whose numbers a receipt of this moment has: Vietnam's.
pub fn year(at: DateTime<Utc>) -> i32 {
    at.with_timezone(&VIETNAM).year()
}

/// A number as it is printed, seven digits.
pub fn printed(number: i32) -> String {
    format!("{number:07}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_year_turns_at_midnight_in_vietnam_and_numbers_have_seven_digits() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        assert_eq!(year(at("2026-12-31T16:59:59Z")), 2026);
        assert_eq!(year(at("2026-12-31T17:00:00Z")), 2027);
        assert_eq!((printed(1), printed(9_999_999)), ("0000001".to_owned(), "9999999".to_owned()));
    }
}
