//! What somebody proves at a counter: that a citizen number is hers.

pub(super) mod record;
