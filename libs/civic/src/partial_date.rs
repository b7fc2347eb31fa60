//! A date as far as it is known: some know only the year.

use std::{fmt, str::FromStr};

use chrono::{Datelike, Months, NaiveDate};

use crate::Malformed;

const EXPECTED: Malformed = Malformed::new("a year, a month of it or a day, like 1950, 1950-03 or 1950-03-12");
/// A year of fewer digits is one that was not written in full.
const YEARS: std::ops::RangeInclusive<i32> = 1000..=9999;

/// A day, a month or a year, written `1950-03-12`, `1950-03` or `1950`. The year has four digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PartialDate {
    first: NaiveDate,
    precision: DatePrecision,
}

closed_list! {
    /// How much of a date is known.
    pub enum DatePrecision: "how much of a date is known" {
        /// The year alone.
        Year = "YEAR",
        /// The year and the month.
        Month = "MONTH",
        /// All of it.
        Day = "DAY",
    }
}

impl PartialDate {
    /// The day itself.
    #[must_use]
    pub const fn day(day: NaiveDate) -> Self {
        Self { first: day, precision: DatePrecision::Day }
    }

    /// The date that begins on this day, as far as it is known: what a table has in two columns.
    #[must_use]
    pub fn of(first: NaiveDate, precision: DatePrecision) -> Self {
        let first = match precision {
            DatePrecision::Day => Some(first),
            DatePrecision::Month => first.with_day(1),
            DatePrecision::Year => first.with_day(1).and_then(|first| first.with_month(1)),
        };
        Self { first: first.unwrap_or_default(), precision }
    }

    /// How much of it is known.
    #[must_use]
    pub const fn precision(&self) -> DatePrecision {
        self.precision
    }

    /// The year.
    #[must_use]
    pub fn year(&self) -> i32 {
        self.first.year()
    }

    /// The day, when it is known.
    #[must_use]
    pub fn full(&self) -> Option<NaiveDate> {
        (self.precision == DatePrecision::Day).then_some(self.first)
    }

    /// The month, when it is known, or the day's.
    #[must_use]
    pub fn month(&self) -> Option<u32> {
        (self.precision != DatePrecision::Year).then(|| self.first.month())
    }

    /// The first day that it can be.
    #[must_use]
    pub const fn first(&self) -> NaiveDate {
        self.first
    }

    /// The last day that it can be.
    #[must_use]
    pub fn last(&self) -> NaiveDate {
        let months = match self.precision {
            DatePrecision::Day => return self.first,
            DatePrecision::Month => 1,
            DatePrecision::Year => 12,
        };
        let next = self.first.checked_add_months(Months::new(months));
        next.and_then(|next| next.pred_opt()).unwrap_or(self.first)
    }
}

impl FromStr for PartialDate {
    type Err = Malformed;

    fn from_str(text: &str) -> Result<Self, Malformed> {
        let text = text.trim();
        let (precision, whole) = match text.len() {
            4 => (DatePrecision::Year, format!("{text}-01-01")),
            7 => (DatePrecision::Month, format!("{text}-01")),
            _ => (DatePrecision::Day, text.to_owned()),
        };
        let first = NaiveDate::parse_from_str(&whole, "%Y-%m-%d").map_err(|_| EXPECTED)?;
        // The parser takes "2000-1-1" as well.
        let canonical = first.format("%Y-%m-%d").to_string() == whole && YEARS.contains(&first.year());
        if canonical { Ok(Self { first, precision }) } else { Err(EXPECTED) }
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let format = match self.precision {
            DatePrecision::Year => "%Y",
            DatePrecision::Month => "%Y-%m",
            DatePrecision::Day => "%Y-%m-%d",
        };
        write!(f, "{}", self.first.format(format))
    }
}
