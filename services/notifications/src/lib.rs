#![doc = include_str!("../README.md")]

mod api;
mod app;
mod changes;
mod channels;
mod config;
mod deliveries;
mod domain;
mod error;
mod events;
mod jobs;
mod schema;
mod service;
mod store;
mod templates;

pub use service::service;
