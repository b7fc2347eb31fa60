//! The whole house: services, gateway and sandbox together, over real sockets.

mod access;
mod backup;
mod canary;
mod commands;
mod contract;
mod dangers;
mod examples;
mod house;
mod losses;
mod manifests;
mod migrations;
mod openapi;
mod restore;
mod traces;
mod up;
mod verify;
mod walk;
mod watching;
