//! What the edge promises, through HTTP, by a small service of the test's own.

#![allow(
    clippy::disallowed_methods,
    reason = "tests name what is theirs alone by chance, and compare with the machine's time"
)]

mod body;
mod caller;
mod idempotency;
mod leaving;
mod page;
mod probe;
mod problem;
mod security;
mod version;
