#![doc = include_str!("../README.md")]

mod api;
mod app;
mod changes;
mod config;
mod demonstration;
mod domain;
mod error;
mod published;
mod schema;
mod service;
mod store;

pub use service::service;
