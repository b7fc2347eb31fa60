//! What this crate promises, shown with a real PostgreSQL and a real Redis that is killed, emptied and filled up.

#![allow(
    clippy::disallowed_methods,
    reason = "tests name what is theirs alone by chance, and compare with the machine's time"
)]

mod batch;
mod crashes;
mod dead_letters;
mod events;
mod facts;
mod fixture;
mod gauges;
mod given_up;
mod hourly;
mod jobs;
mod listener;
mod redis_lost;
mod replay;
mod server;
mod stopping;
