#![doc = include_str!("../README.md")]

pub mod backup;
mod house;
pub mod openapi;
pub mod part;
pub mod settings;
pub mod stored;
pub mod up;
pub mod verify;

pub use house::{service, services};
