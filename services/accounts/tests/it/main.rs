//! The promises of accounts, over real sockets: a file for each operation.

#![allow(
    clippy::disallowed_methods,
    reason = "tests name what is theirs alone by chance, and compare with the machine's time"
)]

mod account_changes;
mod agency_calendar;
mod agency_contact;
mod change_email;
mod change_password;
mod change_phone;
mod close_account;
mod confirm_password_reset;
mod confirm_registration;
mod demonstration;
mod get_account;
mod issue_client_token;
mod list_agencies;
mod list_capacities;
mod list_keys;
mod migrations;
mod own_sessions;
mod people;
mod record_citizen_number_proof;
mod refresh_session;
mod search_account;
mod sign_in;
mod sign_in_traces;
mod sign_out;
mod start_password_reset;
mod start_registration;
mod switch_capacity;
mod tokens;
