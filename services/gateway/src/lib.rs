#![doc = include_str!("../README.md")]

mod app;
mod config;
mod document;
mod gate;
mod headers;
mod kept;
mod limits;
mod operation;
mod origin;
mod pages;
mod proxy;
mod routes;
mod schemas;
mod upload;
mod upstream;
mod validate;

pub use config::Config;
pub use upstream::Replicas;

/// The service, for the binary and for tests.
pub fn service() -> runtime::Service {
    runtime::Service::describe::<Config>("gateway", 8080).serve(app::serve).build()
}
