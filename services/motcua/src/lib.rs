#![doc = include_str!("../README.md")]

pub mod backup;
pub mod openapi;
pub mod part;
mod services;
pub mod settings;
pub mod stored;
pub mod up;
pub mod verify;

pub use services::{service, services};
