//! Access tokens for programs.

pub mod issue;
pub mod metadata;
