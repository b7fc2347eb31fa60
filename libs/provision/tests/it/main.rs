//! What this crate promises, with real servers.

mod killed;
mod postgres;
mod redis;
mod scratch;
mod web;
