//! How a leave is shown.

use std::collections::HashMap;

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{api::references::OfficialReference, domain::leave::Leave};

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
    /// The last day; it ends with it, at midnight.
    last_day: NaiveDate,
    /// Whether it holds today.
    holds: bool,
}

impl LeaveView {
    /// A leave as it stands on a day.
    pub fn of(leave: &Leave, names: &HashMap<Uuid, String>, today: NaiveDate) -> Self {
        Self {
            id: leave.id,
            official: OfficialReference::of(leave.official, names),
            deputy: OfficialReference::of(leave.deputy, names),
            first_day: leave.first_day,
            last_day: leave.last_day,
            holds: leave.holds_on(today),
        }
    }
}
