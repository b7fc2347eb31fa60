//! The whole house: services, gateway and sandbox together, over real sockets.

mod access;
mod commands;
mod contract;
mod house;
mod losses;
mod migrations;
mod openapi;
mod up;
mod walk;
