#![doc = include_str!("../README.md")]

mod api;
mod app;
mod changes;
mod channels;
mod config;
mod domain;
mod events;
mod jobs;
mod schema;
mod store;

use runtime::Service;

/// What must hold in this service's database, beside what `queue` and `edge` promise of theirs.
const INVARIANTS: &[pg::Invariant] = pg::invariants![
    "news_is_written_once"
    "message_states_are_their_attempts"
    "unsent_messages_are_not_forgotten"
];

/// The service, for the binary and for tests.
pub fn service() -> Service {
    Service::describe::<config::Config>("notifications", 8084)
        .document(api::document)
        .serve(app::serve)
        .work(app::work)
        .migrate(app::migrate)
        .verify(app::verify)
        .replay(app::replay_dead_letters)
        .retry(app::retry)
        .build()
}
