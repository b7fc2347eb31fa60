//! What this crate promises, with real servers.

mod killed;
mod port;
mod postgres;
mod redis;
mod scratch;
mod web;
