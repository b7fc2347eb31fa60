//! The only place that says SQL: rows in, rows out.

pub mod drafts;
pub mod groups;
pub mod procedures;
pub mod published_lately;
pub mod replay;
pub mod versions;
