#![doc = include_str!("../README.md")]

mod api;
mod app;
mod attempt_locks;
mod changes;
mod config;
mod domain;
mod error;
mod events;
mod forgery_limit;
mod jobs;
mod providers;
mod schema;
mod service;
mod store;

pub use service::service;
