#![doc = include_str!("../README.md")]

mod drivers;
mod error;
mod invariant;
mod migrate;
mod pool;

pub use error::Error;
pub use invariant::{Invariant, SHOWN, verify};
pub use migrate::migrate;
pub use pool::{Connection, Pool, Settings};
