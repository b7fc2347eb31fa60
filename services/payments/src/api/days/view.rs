//! How a day of the books is shown.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::store::{closed_days::ClosedDay, figures::Figure};

/// A day of an agency's books.
#[derive(Serialize, ToSchema)]
#[schema(as = BooksDay)]
pub struct DayView {
    /// The day in Vietnam.
    day: NaiveDate,
    /// Whether it is closed: then the figures are those that were signed.
    is_closed: bool,
    /// Whether it can be closed: it is over, and no difference up to it is nobody's.
    can_be_closed: bool,
    /// Who signed it; `null` while nobody did.
    signed_by: Option<String>,
    /// When.
    signed_at: Option<DateTime<Utc>>,
    /// Differences up to it that wait for somebody, or waited when it was signed.
    open_differences: i64,
    /// What was booked on it.
    figures: Vec<Figure>,
}

impl DayView {
    /// A day that is closed.
    pub fn closed(day: ClosedDay, figures: Vec<Figure>) -> Self {
        Self {
            day: day.day,
            is_closed: true,
            can_be_closed: false,
            signed_by: Some(day.signed_by_name),
            signed_at: Some(day.signed_at),
            open_differences: day.open_differences.into(),
            figures,
        }
    }

    /// A day that is open.
    pub const fn open(day: NaiveDate, can_be_closed: bool, open_differences: i64, figures: Vec<Figure>) -> Self {
        Self { day, is_closed: false, can_be_closed, signed_by: None, signed_at: None, open_differences, figures }
    }
}
