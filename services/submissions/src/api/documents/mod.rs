//! The papers of a dossier.

pub(super) mod add;
pub(super) mod get;
pub(super) mod remove;
mod view;

pub(super) use self::{
    add::{NewDocument, upload},
    view::DocumentView,
};
