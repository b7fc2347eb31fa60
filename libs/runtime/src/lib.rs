#![doc = include_str!("../README.md")]

mod answered_for;
mod authorities;
mod clock;
mod events;
mod failpoint;
mod finding;
mod guard;
mod life;
mod listen;
mod metric_help;
mod outbound;
mod random;
mod service;
mod service_builder;
mod settings;
pub mod spans;
pub mod telemetry;
mod trace;
mod worker;

pub use authorities::{Authorities, redis_client, tls};
pub use clock::{Clock, machine_time};
pub use events::{EventType, Events, Heard, Sent, Subscribers};
pub use failpoint::failpoint;
pub use finding::Finding;
pub use guard::{Guard, Part, SHORTEST_SECRET, Values, is_loopback};
pub use life::Life;
pub use listen::Listen;
pub use outbound::http_client;
pub use random::Random;
pub use service::{Role, Running, Service};
pub use service_builder::ServiceBuilder;
pub use settings::{Setting, count, http_address, redis_address};
pub use trace::Trace;
pub use worker::on_own_thread;
