#![doc = include_str!("../README.md")]
#![allow(
    clippy::disallowed_methods,
    reason = "private servers have no life of a service: their folders and passwords are chance"
)]

pub mod backup;
mod error;
mod find;
mod folder;
mod install;
mod keeper;
mod leftover;
mod options;
mod port;
mod postgres;
mod redis;
mod servers;
mod user;
pub mod web;

pub use error::Error;
pub use options::{Options, Progress, Storage, default_tools};
pub use port::{free as free_port, free_with as free_port_with};
pub use postgres::Postgres;
pub use redis::Redis;
pub use servers::Servers;
