//! When officials are away.

pub(super) mod end;
pub(super) mod list;
pub(super) mod note;
mod view;
