//! The agencies.

mod calendar_view;
pub mod change_calendar;
pub mod change_contact;
pub mod get;
pub mod get_calendar;
pub mod list;
