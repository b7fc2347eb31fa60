//! Decisions with all they cause, a change a file: what events, jobs and the operator's commands share.

pub mod note_attempt;
pub mod retry;
pub mod write_messages;
