//! A working calendar, as everybody may see it.

use chrono::{DateTime, Utc};
use civic::{AgencyCode, CalendarDay, CalendarSettings, OpeningHours};
use diesel_async::AsyncPgConnection;
use edge::{Problem, Reply};
use serde::Serialize;
use utoipa::ToSchema;

use crate::store::calendars::{self, Row};

/// On which days and in which hours an agency works.
#[derive(Serialize, ToSchema)]
#[schema(as = AgencyCalendar)]
pub struct CalendarView {
    agency: AgencyCode,
    /// Counts the agency's own changes; 0 while it made none.
    #[schema(minimum = 0)]
    version: i64,
    /// What it has beside the country's days; where they differ, this counts.
    own: CalendarSettings,
    /// Days off of the whole country.
    national_days_off: Vec<CalendarDay>,
    /// Days of rest that the whole country works.
    national_days_worked: Vec<CalendarDay>,
    /// The hours of its working days.
    hours: OpeningHours,
    /// When it changed last.
    changed_at: Option<DateTime<Utc>>,
    /// Why.
    reason: Option<String>,
}

impl CalendarView {
    /// The calendar of an agency that is there, with its version.
    pub async fn reply(conn: &mut AsyncPgConnection, agency: AgencyCode, own: Option<Row>) -> Result<Reply, Problem> {
        let national = calendars::newest(conn, None).await?.map(|row| row.settings()).transpose()?;
        let national = national.unwrap_or_else(CalendarSettings::vietnam);
        let settings = own.as_ref().map(Row::settings).transpose()?.unwrap_or_default();
        let version = own.as_ref().map_or(0, |row| row.version);
        let view = Self {
            agency,
            version,
            hours: settings.hours.clone().unwrap_or_default(),
            own: settings,
            national_days_off: national.days_off,
            national_days_worked: national.days_worked,
            changed_at: own.as_ref().map(|row| row.changed_at),
            reason: own.map(|row| row.reason),
        };
        Ok(Reply::ok(&view).version(i32::try_from(version).unwrap_or(i32::MAX)))
    }
}
