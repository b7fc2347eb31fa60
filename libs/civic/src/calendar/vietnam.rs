//! The calendar of Vietnamese agencies, from the yearly announcements under `data/calendar/`.

use chrono::Datelike;
use serde::Deserialize;

use super::{CalendarDay, CalendarSettings, WorkingCalendar};

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
    days_off: Vec<CalendarDay>,
    days_worked: Vec<CalendarDay>,
}

impl CalendarSettings {
    /// Counts the editions of these files: whoever changes one of them adds one, and every installation takes it over.
    pub const VIETNAM_EDITION: i64 = 1;

    /// The days off of civil servants in the years known (2025 to 2027, of which 2027 is provisional). In other years every
    /// weekday counts as worked.
    ///
    /// # Panics
    /// Never: the years are part of the crate, and a test reads them.
    #[must_use]
    pub fn vietnam() -> Self {
        let mut calendar = Self::default();
        for text in YEARS {
            let year: Year = serde_json::from_str(text).expect("an embedded calendar file");
            let days = year.days_off.iter().chain(&year.days_worked);
            debug_assert!(days.into_iter().all(|it| it.day.year() == year.year));
            calendar.days_off.extend(year.days_off);
            calendar.days_worked.extend(year.days_worked);
        }
        calendar
    }
}

impl WorkingCalendar {
    /// The country's days off with the default opening hours: what an agency has that has nothing of its own.
    #[must_use]
    pub fn vietnam() -> Self {
        Self::of(&CalendarSettings::vietnam(), &CalendarSettings::default())
    }
}
