#![doc = include_str!("../README.md")]

mod consumer;
mod dead_letter;
mod facts;
mod gauges;
mod given_up;
mod handlers;
mod hourly;
mod inbox;
mod job_loop;
mod jobs;
mod outage;
mod outbox;
mod outside;
mod pending;
mod publication;
mod receipts;
mod relay;
mod replay;
mod schema;
mod settings;
mod streams;
mod subscriptions;
mod wire_event;
mod worker;

use diesel_migrations::{EmbeddedMigrations, embed_migrations};

pub use dead_letter::replay_dead_letters;
pub use facts::newest;
pub use given_up::{GivenUp, GivenUpKind, Owners, Repair, given_up, repair, take_as_handled};
pub use handlers::Received;
pub use jobs::{Job, JobError, Run, enqueue, enqueue_all, retry_given_up};
pub use outbox::{Outbox, OutboxRow};
pub use outside::Outside;
pub use replay::{Batch, ReadBatch, Replaying, id_behind, replay};
pub use settings::Settings;
pub use subscriptions::Subscriptions;
pub use worker::{Worker, compare_clock};

/// The tables of this crate, to be migrated into every service's database before the service's own.
pub const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations");

/// What must hold in those tables.
pub const INVARIANTS: &[pg::Invariant] = pg::invariants!["dead_letters_were_not_handled" "outbox_rows_wait_or_are_receipted" "events_are_what_their_rows_say"];
