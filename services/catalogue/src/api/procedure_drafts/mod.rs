//! Versions on their way to being published, for controllers of procedures.

pub mod approve;
pub mod begin;
pub mod discard;
pub mod document;
pub mod get;
pub mod list;
pub mod list_differences;
pub mod publish;
pub mod send_back;
pub mod submit;
pub mod view;
pub mod write;
