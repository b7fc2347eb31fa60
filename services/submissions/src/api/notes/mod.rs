//! What officials write about a dossier for each other.

pub(super) mod add;
pub(super) mod list;
mod view;
