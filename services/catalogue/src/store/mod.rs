//! The only place that says SQL: rows in, rows out.

pub mod groups;
pub mod procedures;
pub mod replay;
pub mod versions;
