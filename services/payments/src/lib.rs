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
mod turns;

use config::Config;
use diesel_migrations::{EmbeddedMigrations, embed_migrations};
use runtime::Service;

const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations");

/// What must hold in this service's database, beside what `queue` and `edge` promise of theirs.
const INVARIANTS: &[pg::Invariant] = pg::invariants![
    "paid_orders_have_one_capture"
    "attempts_with_money_have_one_transfer"
    "debits_equal_credits"
    "balances_are_what_was_paid"
    "money_is_never_given_back_twice"
    "order_versions_have_no_gap"
    "order_steps_are_edges"
    "attempt_steps_are_edges"
    "histories_end_at_the_present"
    "settlements_are_told_once"
    "open_attempts_are_asked_about"
];

/// The service, for the binary and for tests.
pub fn service() -> Service {
    Service::describe::<Config>("payments", 8083)
        .document(api::document)
        .serve(app::serve)
        .work(app::work)
        .migrate(app::migrate)
        .verify(app::verify)
        .replay(app::replay_dead_letters)
        .retry(app::retry)
        .build()
}
