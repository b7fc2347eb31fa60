//! Drafts of results, which applicants confirm.

pub(super) mod answer;
pub(super) mod get;
pub(super) mod send;
