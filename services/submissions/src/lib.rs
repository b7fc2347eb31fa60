#![doc = include_str!("../README.md")]

mod api;
mod app;
mod config;
mod demonstration;
mod domain;
mod error;
mod events;
mod files;
mod schema;
mod store;

/// This service, for the binary that runs it.
pub fn service() -> runtime::Service {
    runtime::Service::describe::<config::Config>("submissions", 8082)
        .document(api::document)
        .serve(app::serve)
        .work(app::work)
        .migrate(app::migrate)
        .demonstrate(app::demonstrate)
        .build()
}
