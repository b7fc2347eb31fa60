//! The keys that verify access tokens.

pub mod list;
