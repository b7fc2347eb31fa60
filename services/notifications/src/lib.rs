#![doc = include_str!("../README.md")]

mod api;
mod app;
mod changes;
mod channels;
mod config;
mod domain;
mod events;
mod jobs;
mod schema;
mod service;
mod store;

pub use service::service;
