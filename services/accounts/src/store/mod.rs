//! The only place that says SQL.

pub mod agencies;
pub mod api_clients;
pub mod calendars;
pub mod capacities;
pub mod confirmations;
pub mod known_devices;
pub mod organisations;
pub mod registrations;
pub mod replay;
pub mod sessions;
pub mod sign_in_failures;
pub mod signing_keys;
pub mod users;

diesel::define_sql_function! {
    /// Lower case.
    fn lower(text: diesel::sql_types::Text) -> diesel::sql_types::Text;
}

/// A value that our own constraints keep well-formed was not: a bug, not a caller's mistake.
fn damaged(why: impl std::error::Error + Send + Sync + 'static) -> pg::Error {
    pg::Error::Query(diesel::result::Error::DeserializationError(why.into()))
}
