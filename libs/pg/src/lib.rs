#![doc = include_str!("../README.md")]

mod address;
mod batcher;
mod demotion;
mod drivers;
mod error;
mod invariant;
mod kept;
mod migrate;
mod pool;
mod role;
mod silence;

pub use address::connect;
pub use batcher::Batcher;
pub use error::Error;
pub use invariant::{Invariant, SHOWN, verify};
pub use kept::{Kept, kept};
pub use migrate::{migrate, pending};
pub use pool::{Connection, Pool, Settings};
pub use role::{let_in, role};
