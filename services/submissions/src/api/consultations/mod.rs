//! What agencies ask each other about dossiers.

pub(super) mod add_document;
pub(super) mod answer;
pub(super) mod ask;
pub(super) mod cancel;
pub(super) mod get;
pub(super) mod get_file;
pub(super) mod list;
mod view;
