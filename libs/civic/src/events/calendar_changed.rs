//! The fact that accounts tells of a working calendar: all that is kept of it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{AgencyCode, CalendarSettings};

/// A calendar is so now. A later version replaces every earlier one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CalendarChanged {
    /// Whose; the whole country's when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agency: Option<AgencyCode>,
    /// Grows with every change.
    pub version: i64,
    /// When it was changed.
    pub changed_at: DateTime<Utc>,
    /// Why, as the public reads it.
    pub reason: String,
    /// What is kept of it.
    pub calendar: CalendarSettings,
}

impl crate::Event for CalendarChanged {
    const TYPE: &'static str = "vn.motcua.calendar.changed.v1";

    fn subject(&self) -> String {
        self.agency.as_ref().map_or_else(|| "VN".to_owned(), ToString::to_string)
    }
}

impl crate::Fact for CalendarChanged {
    fn version(&self) -> i64 {
        self.version
    }
}
