//! What is held by machine, about the sources themselves.

mod exceptions;
mod layering;
mod licences;
mod migrations;
mod planted;
mod readmes;
