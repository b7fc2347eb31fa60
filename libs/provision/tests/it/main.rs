//! What this crate promises, with real servers.

#![allow(
    clippy::disallowed_methods,
    reason = "tests name what is theirs alone by chance, and compare with the machine's time"
)]

mod killed;
mod port;
mod postgres;
mod redis;
mod scratch;
mod web;
