#![doc = include_str!("../README.md")]

mod drivers;
mod error;
mod migrate;
mod pool;

pub use error::Error;
pub use migrate::migrate;
pub use pool::{Connection, Pool, Settings};
