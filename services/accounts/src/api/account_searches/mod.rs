//! Who stands at a counter.

pub(super) mod search;
