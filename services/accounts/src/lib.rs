#![doc = include_str!("../README.md")]

mod api;
mod app;
mod changes;
mod config;
mod demonstration;
mod domain;
mod error;
mod guess_locks;
mod jobs;
mod passwords;
mod schema;
mod service;
mod signing;
mod store;

pub use demonstration::{DemonstrationLogin, demonstration_logins};
pub use service::service;
