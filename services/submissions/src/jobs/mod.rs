//! What is done later.

pub mod lapse_draft;
pub mod lapse_supplement;
pub mod recount_due_dates;
pub mod remind_consultation;
pub mod sweep_files;
