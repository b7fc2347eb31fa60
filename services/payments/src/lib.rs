#![doc = include_str!("../README.md")]

mod api;
mod app;
mod config;
mod domain;
mod error;
mod events;
mod jobs;
mod providers;
mod schema;
mod service;
mod store;
mod turns;

pub use service::service;
