//! The calendar of Vietnamese agencies, from the yearly announcements under `data/calendar/`.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};
use serde::Deserialize;

use super::{OpeningHours, WorkingCalendar};

const YEARS: [&str; 3] = [
    include_str!("../../data/calendar/2025.json"),
    include_str!("../../data/calendar/2026.json"),
    include_str!("../../data/calendar/2027.json"),
];

/// One year as announced.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Year {
    year: i32,
    #[serde(rename = "note")]
    _note: String,
    holidays: BTreeSet<NaiveDate>,
    working_saturdays: BTreeSet<NaiveDate>,
}

impl WorkingCalendar {
    /// The days off of civil servants in the years known (2025 to 2027, of which 2027 is provisional) with the default
    /// opening hours. In other years every weekday counts as worked.
    ///
    /// # Panics
    /// Never: the years are part of the crate, and a test reads them.
    #[must_use]
    pub fn vietnam() -> Self {
        let mut calendar =
            Self { holidays: BTreeSet::new(), working_saturdays: BTreeSet::new(), hours: OpeningHours::default() };
        for text in YEARS {
            let year: Year = serde_json::from_str(text).expect("an embedded calendar file");
            let days = year.holidays.iter().chain(&year.working_saturdays);
            debug_assert!(days.into_iter().all(|day| day.year() == year.year));
            calendar.holidays.extend(year.holidays);
            calendar.working_saturdays.extend(year.working_saturdays);
        }
        calendar
    }
}
