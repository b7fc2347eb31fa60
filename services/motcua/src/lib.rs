#![doc = include_str!("../README.md")]

mod house;
pub mod openapi;
pub mod part;
pub mod settings;
pub mod up;

pub use house::{service, services};
