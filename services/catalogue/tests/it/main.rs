//! Through HTTP, on a database of each test's own.

#![allow(clippy::disallowed_methods, reason = "tests name what is theirs alone by chance")]

mod changes;
mod drafts;
mod end;
mod fixture;
mod get_catalogue;
mod import;
mod migrations;
mod procedures;
mod publish;
