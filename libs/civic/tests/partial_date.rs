//! A date is known as far as it is written.

use chrono::NaiveDate;
use civic::PartialDate;

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

#[test]
fn a_year_a_month_and_a_day_are_written_as_they_were_read() {
    for (text, first, last) in [
        ("1950", day(1950, 1, 1), day(1950, 12, 31)),
        ("1952-02", day(1952, 2, 1), day(1952, 2, 29)),
        ("1950-12", day(1950, 12, 1), day(1950, 12, 31)),
        ("1950-03-12", day(1950, 3, 12), day(1950, 3, 12)),
        ("9999", day(9999, 1, 1), day(9999, 12, 31)),
    ] {
        let date: PartialDate = text.parse().unwrap();
        assert_eq!((date.first(), date.last(), date.to_string()), (first, last, text.to_owned()));
        assert_eq!(date.full().is_some(), text.len() == 10);
        assert_eq!(date.month().is_some(), text.len() >= 7);
        assert_eq!(PartialDate::of(first, date.precision()), date, "from two columns");
    }
}

#[test]
fn what_is_no_date_or_no_whole_year_is_refused() {
    for text in [
        "",
        "50",
        "0950",
        "0092-01-31",
        "1950-3",
        "1950-13",
        "1950-02-30",
        "12/03/1950",
        "+1950-03-12",
        "1950-00-31",
        "năm 1950",
    ] {
        assert!(text.parse::<PartialDate>().is_err(), "{text:?}");
    }
}
