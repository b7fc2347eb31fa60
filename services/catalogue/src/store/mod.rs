//! The only place that says SQL: rows in, rows out.

pub mod groups;
pub mod procedures;
pub mod standing;
pub mod versions;
