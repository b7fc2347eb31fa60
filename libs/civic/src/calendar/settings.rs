//! What is kept of a calendar: the country's days, and what an agency has beside them.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{OpeningHours, WorkingCalendar};

/// A day that is not worked as its weekday says, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CalendarDay {
    /// The day.
    pub day: NaiveDate,
    /// Why, as it was announced; in Vietnamese.
    #[schema(min_length = 1, max_length = 200, example = "Nghỉ do bão số 5")]
    pub reason: String,
}

/// The hours in which an agency is open on Saturdays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SaturdayService {
    /// From when to when.
    pub hours: OpeningHours,
    /// Whether they count as working time. Where they do, a Saturday is a working day like others, only shorter.
    pub counts: bool,
}

/// What is kept of a calendar. The country's has days only; an agency's stands beside that, and where they differ the agency's counts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CalendarSettings {
    /// Days off, beside Saturdays and Sundays.
    #[serde(default)]
    #[schema(max_items = 400)]
    pub days_off: Vec<CalendarDay>,
    /// Days off that are worked all the same, such as Saturdays in exchange for another day.
    #[serde(default)]
    #[schema(max_items = 400)]
    pub days_worked: Vec<CalendarDay>,
    /// The hours of a working day; 07:00–11:30 and 13:30–17:00 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<OpeningHours>,
    /// When it is open on Saturdays; it is not when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub saturday: Option<SaturdayService>,
}

impl WorkingCalendar {
    /// The calendar of an agency that has `own` beside the country's.
    #[must_use]
    pub fn of(national: &CalendarSettings, own: &CalendarSettings) -> Self {
        let days = |days: &[CalendarDay]| days.iter().map(|it| it.day).collect::<Vec<_>>();
        let (off, worked) = (days(&own.days_off), days(&own.days_worked));
        let mut holidays: std::collections::BTreeSet<_> = days(&national.days_off).into_iter().collect();
        holidays.retain(|day| !worked.contains(day));
        holidays.extend(off);
        Self {
            holidays,
            working_saturdays: days(&national.days_worked).into_iter().chain(worked).collect(),
            hours: own.hours.clone().unwrap_or_default(),
            saturday_hours: own.saturday.as_ref().filter(|service| service.counts).map(|service| service.hours.clone()),
        }
    }
}
