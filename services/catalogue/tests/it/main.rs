//! Through HTTP, on a database of each test's own.

mod fixture;
mod get_catalogue;
mod migrations;
mod procedures;
mod publish;
