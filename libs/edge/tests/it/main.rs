//! What the edge promises, through HTTP, by a small service of the test's own.

mod body;
mod caller;
mod idempotency;
mod leaving;
mod page;
mod probe;
mod problem;
mod version;
