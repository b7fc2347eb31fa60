//! How a leave is shown.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    api::references::OfficialReference,
    domain::leave::{DayPart, Leave},
};

/// When an official is away.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Leave)]
pub struct LeaveView {
    /// Its id.
    id: Uuid,
    /// Who is away.
    official: OfficialReference,
    /// Who stands in.
    deputy: OfficialReference,
    /// The first day in Vietnam.
    first_day: NaiveDate,
    /// With which half of it the leave begins.
    first_part: DayPart,
    /// The last day; it ends with it, at midnight, or at its noon.
    last_day: NaiveDate,
    /// With which half of it the leave ends.
    last_part: DayPart,
    /// Whether it holds now.
    holds: bool,
}

impl LeaveView {
    /// A leave as it stands now.
    pub fn of(leave: &Leave, names: &HashMap<Uuid, String>, now: DateTime<Utc>) -> Self {
        Self {
            id: leave.id,
            official: OfficialReference::of(leave.official, names),
            deputy: OfficialReference::of(leave.deputy, names),
            first_day: leave.first_day,
            first_part: leave.first_part,
            last_day: leave.last_day,
            last_part: leave.last_part,
            holds: leave.holds_at(now),
        }
    }
}
