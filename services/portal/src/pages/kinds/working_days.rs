//! An agency's working calendar as pages show it: a year at a glance, and the next days that are not worked as their weekday says.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, Days, NaiveDate, Utc};
use civic::{CalendarDay, CalendarSettings, VIETNAM, WorkingCalendar};
use serde_json::{Value, json};

/// Days ahead in which a day off is said on the agency's page, and how many of them at most.
const AHEAD: u64 = 200;
const MOST: usize = 5;

/// What the API tells of a calendar.
pub(crate) struct WorkingDays {
    pub own: CalendarSettings,
    calendar: WorkingCalendar,
    /// Why a day is off, or worked all the same.
    reasons: BTreeMap<NaiveDate, String>,
}

impl WorkingDays {
    /// Reads it; nothing when it is not told as expected.
    pub fn of(told: &Value) -> Option<Self> {
        let own: CalendarSettings = serde_json::from_value(told["own"].clone()).ok()?;
        let days = |name: &str| serde_json::from_value::<Vec<CalendarDay>>(told[name].clone()).ok();
        let (days_off, days_worked) = (days("national_days_off")?, days("national_days_worked")?);
        let national = CalendarSettings { days_off, days_worked, ..CalendarSettings::default() };
        let all = [&national.days_off, &national.days_worked, &own.days_off, &own.days_worked];
        let reasons = all.into_iter().flatten().map(|it| (it.day, it.reason.clone())).collect();
        let calendar = WorkingCalendar::of(&national, &own);
        Some(Self { own, calendar, reasons })
    }

    /// The next days, from today on, that are off though they are weekdays, or worked though they are days of rest.
    pub fn next(&self, now: DateTime<Utc>) -> Vec<Value> {
        let today = now.with_timezone(&VIETNAM).date_naive();
        let ahead =
            today.iter_days().take_while(|day| today.checked_add_days(Days::new(AHEAD)).is_some_and(|end| *day <= end));
        ahead.filter_map(|day| self.unusual(day)).take(MOST).collect()
    }

    /// The months of a year: each with its weeks, Monday first, and its unusual days in words.
    pub fn year(&self, year: i32) -> Vec<Value> {
        let month = |month: u32| {
            let first = NaiveDate::from_ymd_opt(year, month, 1)?;
            let days: Vec<_> = first.iter_days().take_while(|day| day.month() == month).collect();
            let cell = |day: &NaiveDate| json!({"number": day.day(), "off": !self.calendar.is_working_day(*day)});
            let blanks = usize::try_from(first.weekday().num_days_from_monday()).ok()?;
            let cells: Vec<_> = std::iter::repeat_n(Value::Null, blanks).chain(days.iter().map(cell)).collect();
            let weeks: Vec<_> = cells.chunks(7).collect();
            let unusual: Vec<_> = days.iter().filter_map(|day| self.unusual(*day)).collect();
            Some(json!({"month": first, "weeks": weeks, "unusual": unusual}))
        };
        (1..=12).filter_map(month).collect()
    }

    fn unusual(&self, day: NaiveDate) -> Option<Value> {
        let (reason, worked) = (self.reasons.get(&day)?, self.calendar.is_working_day(day));
        let rest = day.weekday().number_from_monday() > 5;
        (worked == rest).then(
            || json!({"day": day, "weekday": day.weekday().number_from_monday(), "worked": worked, "reason": reason}),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told() -> Value {
        json!({
            "own": {"days_off": [{"day": "2026-07-23", "reason": "Bão"}], "days_worked": []},
            "national_days_off": [{"day": "2026-08-31", "reason": "Hoán đổi"}, {"day": "2026-09-02", "reason": "Quốc khánh"}],
            "national_days_worked": [{"day": "2026-08-22", "reason": "Làm bù"}],
        })
    }

    #[test]
    fn the_next_unusual_days_are_said_with_their_reasons() {
        let days = WorkingDays::of(&told()).expect("a calendar");
        let next = days.next("2026-07-21T03:00:00Z".parse().expect("a moment"));
        let said: Vec<_> = next.iter().map(|it| (it["day"].as_str(), it["worked"].as_bool())).collect();
        let expected = [("2026-07-23", false), ("2026-08-22", true), ("2026-08-31", false), ("2026-09-02", false)];
        assert_eq!(said, expected.map(|(day, worked)| (Some(day), Some(worked))));
        assert!(days.next("2026-09-03T03:00:00Z".parse().expect("a moment")).is_empty());
    }

    #[test]
    fn a_year_has_every_day_once_in_weeks_from_monday() {
        let days = WorkingDays::of(&told()).expect("a calendar");
        let year = days.year(2026);
        let cells = |month: &Value| {
            month["weeks"]
                .as_array()
                .expect("weeks")
                .iter()
                .flat_map(|week| week.as_array().cloned().unwrap_or_default())
                .collect::<Vec<_>>()
        };
        let all: Vec<_> = year.iter().flat_map(cells).filter(|cell| !cell.is_null()).collect();
        assert_eq!((year.len(), all.len()), (12, 365));
        // 1 July 2026 is a Wednesday.
        assert_eq!(cells(&year[6])[..3], [Value::Null, Value::Null, json!({"number": 1, "off": false})]);
        assert_eq!(cells(&year[6])[24], json!({"number": 23, "off": true}));
        assert_eq!(year[7]["unusual"][0]["weekday"], 6, "a Saturday that is worked");
    }
}
