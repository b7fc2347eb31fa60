//! Which access tokens are worth nothing before they expire: for the gateways.

pub mod list;
