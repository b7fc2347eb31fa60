#![doc = include_str!("../README.md")]

mod amount;
mod api;
mod app;
mod assets;
mod calendar;
mod config;
mod cookies;
mod failure;
mod form;
mod forms;
mod given_back;
mod kept_forms;
mod kiosk;
mod official;
mod pages;
mod posted;
mod preferences;
mod qr;
mod query;
mod receive;
mod seal;
mod service;
mod sessions;
mod settle;
mod signed_in;
mod templates;
mod unsaved;
mod upload;
mod visit;
mod words;

pub use config::Config;
pub use service::service;
