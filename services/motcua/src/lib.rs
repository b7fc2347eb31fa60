#![doc = include_str!("../README.md")]

pub mod backup;
mod broke;
pub mod events;
mod installation;
pub mod openapi;
pub mod part;
mod progress;
mod services;
pub mod settings;
mod signals;
pub mod stored;
pub mod up;
pub mod verify;

pub use broke::Broke;
pub use services::{service, services};
