//! Everything together: services, gateway and sandbox, over real sockets.

#![allow(
    clippy::disallowed_methods,
    reason = "tests name what is theirs alone by chance, and compare with the machine's time"
)]

mod access;
mod access_table;
mod backup;
mod canary;
mod commands;
mod contract;
mod corruptions;
mod dangers;
mod events;
mod examples;
mod fixture;
mod losses;
mod manifests;
mod migrations;
mod new_version;
mod oauth;
mod openapi;
mod program;
mod restore;
mod revoked;
mod schema;
mod stages;
mod start_page;
mod traces;
mod up;
mod verify;
mod walk;
mod watching;
