//! What officials take in by hand.

pub(super) mod add_scan;
pub(super) mod list;
pub(super) mod search_person;
pub(super) mod take_in;
