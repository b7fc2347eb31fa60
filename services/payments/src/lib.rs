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
mod store;

use config::Config;
use diesel_migrations::{EmbeddedMigrations, embed_migrations};
use runtime::Service;

const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations");

/// The service, for the binary and for tests.
pub fn service() -> Service {
    Service::describe::<Config>("payments", 8083)
        .document(api::document)
        .serve(app::serve)
        .work(app::work)
        .migrate(app::migrate)
        .build()
}
