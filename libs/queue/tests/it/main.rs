//! What this crate promises, shown with a real PostgreSQL and a real Redis that is killed, emptied and filled up.

mod crashes;
mod dead_letters;
mod events;
mod gauges;
mod hourly;
mod jobs;
mod listener;
mod redis_lost;
mod server;
mod stage;
mod stopping;
mod together;
