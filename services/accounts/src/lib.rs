#![doc = include_str!("../README.md")]

mod api;
mod app;
mod config;
mod demonstration;
mod domain;
mod error;
mod jobs;
mod passwords;
mod schema;
mod signing;
mod store;

use config::Config;
use diesel_migrations::{EmbeddedMigrations, embed_migrations};
use runtime::Service;

pub use demonstration::{DemonstrationLogin, demonstration_logins};

const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations");

/// What must hold in this service's database, beside what `queue` and `edge` promise of theirs.
const INVARIANTS: &[pg::Invariant] = pg::invariants![
    "confirmed_registrations_have_accounts"
    "citizens_can_sign_in"
];

/// The service, for the binary and for tests.
pub fn service() -> Service {
    Service::describe::<Config>("accounts", 8081)
        .document(api::document)
        .serve(app::serve)
        .work(app::work)
        .migrate(app::migrate)
        .verify(app::verify)
        .replay(app::replay_dead_letters)
        .retry(app::retry)
        .demonstrate(demonstration::load)
        .build()
}
