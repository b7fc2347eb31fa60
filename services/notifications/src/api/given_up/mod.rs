//! What this service gave up: events that could not be handled, jobs that failed for good.

pub mod list;
pub mod repair;
