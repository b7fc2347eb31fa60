#![doc = include_str!("../README.md")]

mod admin;
mod asked;
pub mod audit;
mod audit_seals;
mod body;
mod caller;
mod capacity;
mod claims;
mod connection;
mod document;
mod etag;
mod extract;
mod failures;
mod guesses_spent;
mod idempotency;
pub mod kinds;
mod oauth_error;
mod observe;
mod origin;
mod pace;
mod page;
mod problem;
mod refusals;
mod reply;
pub mod revocation;
mod route;
mod schema;
mod security;
mod security_log;
mod server;
pub mod token;
mod written;

pub use admin::{Check, serve_admin, watch};
pub use audit_seals::seal_audit_log;
pub use body::{Command, Json, NoBody, read_limited, read_value, too_large};
pub use caller::{
    Administer, Applicant, Caller, Citizen, Control, Decide, Duty, Note, Official, Person, Receive, SignedIn,
    Supervise, Unstick, Work,
};
pub use capacity::{CallerKind, Capacity};
pub use document::document;
pub use etag::{IfMatch, IfMatchHeader, OptionalIfMatchHeader, is_known};
pub use failures::Responses;
pub use guesses_spent::GuessesSpent;
pub use idempotency::{Claim, IdempotencyHeader, IdempotencyKey, forget_keys};
pub use kinds::Kind;
pub use oauth_error::OAuthError;
pub use origin::Origin;
pub use pace::{Pace, USUAL_LEAST_RATE};
pub use page::{Cursor, Page, PageQuery};
pub use problem::{FieldError, Problem};
pub use reply::Reply;
pub use route::Route;
pub use security::{SecurityEvent, Subject};
pub use security_log::refused;
pub use server::{Routes, Server};
pub use written::{written, written_if_any};

/// This lib's tables (`idempotency_keys`, `audit_log`), for a service's `migrate`.
pub const MIGRATIONS: diesel_migrations::EmbeddedMigrations = diesel_migrations::embed_migrations!("migrations");

/// What must hold in those tables, for a service's `verify`.
pub const INVARIANTS: &[pg::Invariant] = pg::invariants!["creations_have_one_key" "audit_seals_hold"];
