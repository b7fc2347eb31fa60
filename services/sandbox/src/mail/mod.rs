//! The mail server: takes every mail, delivers none, shows what it took.

pub(crate) mod behaviour;
mod command;
mod lines;
pub(crate) mod message;
pub(crate) mod server;
mod session;
pub(crate) mod state;
