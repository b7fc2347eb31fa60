//! Who keeps an agency's books, and of which days.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use civic::{AgencyCode, LocalText, OfficialRole};
use edge::{Duty, Official, Problem, kinds};
use serde::Deserialize;

use crate::{domain::day, error};

/// Days of one report.
const LONGEST: TimeDelta = TimeDelta::days(366);

/// To load statements and see to differences.
#[derive(Clone, Copy, Debug)]
pub struct KeepBooks;

/// To close a day. Who takes the money does not.
#[derive(Clone, Copy, Debug)]
pub struct SignDays;

impl Duty for KeepBooks {
    const ROLES: &'static [OfficialRole] = &[OfficialRole::Cashier, OfficialRole::AgencyAdministrator];
}

impl Duty for SignDays {
    const ROLES: &'static [OfficialRole] = &[OfficialRole::Approver, OfficialRole::AgencyAdministrator];
}

/// Nothing, if it is the agency of the official's post.
///
/// # Errors
/// That there is no such agency.
pub fn own<D>(official: &Official<D>, agency: &AgencyCode) -> Result<(), Problem> {
    if official.agencies().contains(agency) { Ok(()) } else { Err(error::AGENCY_NOT_FOUND.into()) }
}

/// The days of a report.
#[derive(Clone, Copy, Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Days {
    /// The first day in Vietnam.
    pub from: NaiveDate,
    /// The last day in Vietnam; a year later at most.
    pub until: NaiveDate,
}

impl Days {
    /// From when to when they run; the end is not of them.
    ///
    /// # Errors
    /// 400 when the last is before the first, or a year later.
    pub fn bounds(self) -> Result<(DateTime<Utc>, DateTime<Utc>), Problem> {
        let known = (1990..2200).contains(&chrono::Datelike::year(&self.from));
        if !known || self.until < self.from || self.until - self.from >= LONGEST {
            let text = LocalText::new(
                "Ngày cuối phải từ ngày đầu trở đi và trong vòng một năm.",
                "The last day must not be before the first one, nor more than a year later.",
            );
            return Err(Problem::from(kinds::INVALID).field("until", "days", text));
        }
        Ok((day::bounds(self.from).0, day::bounds(self.until).1))
    }
}
