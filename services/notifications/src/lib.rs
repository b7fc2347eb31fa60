#![doc = include_str!("../README.md")]

mod api;
mod app;
mod channels;
mod config;
mod domain;
mod events;
mod jobs;
mod schema;
mod store;

use runtime::Service;

/// The service, for the binary and for tests.
pub fn service() -> Service {
    Service::describe::<config::Config>("notifications", 8084)
        .document(api::document)
        .serve(app::serve)
        .work(app::work)
        .migrate(app::migrate)
        .build()
}
