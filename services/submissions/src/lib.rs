#![doc = include_str!("../README.md")]

mod api;
mod app;
mod calendars;
mod changes;
mod config;
mod demonstration;
mod domain;
mod error;
mod events;
mod filings;
mod jobs;
mod pinned;
mod schema;
mod service;
mod store;

pub use service::service;
