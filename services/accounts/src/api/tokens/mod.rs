//! Access tokens for programs.

pub mod issue;
