//! Dates as the papers of an office write them, in Vietnam's time. Days below 10 and the months January and February have a zero before them
//! (Decree 30/2020/NĐ-CP, Appendix I).

use chrono::{DateTime, Datelike, NaiveDate, Timelike, Utc};
use civic::VIETNAM;
use serde::{Serialize, Serializer};

/// A moment in full, as `10 giờ 05 phút, ngày 21 tháng 7 năm 2026`.
#[must_use]
pub fn moment(at: DateTime<Utc>) -> String {
    let local = at.with_timezone(&VIETNAM);
    format!("{:02} giờ {:02} phút, {}", local.hour(), local.minute(), day_in_letters(local.date_naive()))
}

/// A day in full, as `ngày 21 tháng 7 năm 2026`.
#[must_use]
pub fn day_in_letters(day: NaiveDate) -> String {
    let month = if day.month() < 3 { format!("{:02}", day.month()) } else { day.month().to_string() };
    format!("ngày {:02} tháng {month} năm {}", day.day(), day.year())
}

/// A day in a narrow column, as `21/07/2026`.
#[must_use]
pub fn day(day: NaiveDate) -> String {
    day.format("%d/%m/%Y").to_string()
}

pub(crate) fn full<S: Serializer>(at: &DateTime<Utc>, serializer: S) -> Result<S::Ok, S::Error> {
    moment(*at).serialize(serializer)
}

pub(crate) fn full_if_any<S: Serializer>(at: &Option<DateTime<Utc>>, serializer: S) -> Result<S::Ok, S::Error> {
    at.map(moment).serialize(serializer)
}

pub(crate) fn narrow_if_any<S: Serializer>(at: &Option<DateTime<Utc>>, serializer: S) -> Result<S::Ok, S::Error> {
    at.map(|at| at.with_timezone(&VIETNAM).format("%d/%m/%Y %H:%M").to_string()).serialize(serializer)
}

pub(crate) fn letters<S: Serializer>(date: &NaiveDate, serializer: S) -> Result<S::Ok, S::Error> {
    day_in_letters(*date).serialize(serializer)
}

pub(crate) fn narrow<S: Serializer>(date: &NaiveDate, serializer: S) -> Result<S::Ok, S::Error> {
    day(*date).serialize(serializer)
}

#[cfg(test)]
mod tests {
    use super::{NaiveDate, day_in_letters};

    /// The examples of Decree 30/2020/NĐ-CP, Appendix I, Part I, II.4: days below 10 and months 1 and 2 have a zero.
    #[test]
    fn days_are_written_as_the_decree_says() {
        for ((year, month, day), said) in [
            ((2020, 1, 5), "ngày 05 tháng 01 năm 2020"),
            ((2020, 2, 29), "ngày 29 tháng 02 năm 2020"),
            ((2026, 3, 9), "ngày 09 tháng 3 năm 2026"),
            ((2026, 12, 31), "ngày 31 tháng 12 năm 2026"),
        ] {
            assert_eq!(day_in_letters(NaiveDate::from_ymd_opt(year, month, day).expect("a day")), said);
        }
    }
}
