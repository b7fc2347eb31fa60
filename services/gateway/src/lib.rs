#![doc = include_str!("../README.md")]

mod app;
mod config;
mod document;
mod gate;
mod guess;
mod headers;
mod limits;
mod operation;
mod origin;
mod pages;
mod proxy;
mod response_cache;
mod routes;
mod schemas;
mod service;
mod upload;
mod upstream;
mod validate;

pub use config::Config;
pub use service::service;
