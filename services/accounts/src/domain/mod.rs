//! The rules: no async, no SQL, no HTTP, no clock.

pub mod access_token;
pub mod capacity;
pub mod client_secret;
pub mod confirmation_code;
pub mod device;
pub mod password;
pub mod refresh_token;
pub mod registration;
pub mod sign_in_delay;
pub mod signing_key;
pub mod token_request;
