//! The results of a dossier.

pub(super) mod add;
pub(super) mod decline;
pub(super) mod get;
pub(super) mod remove;
mod view;

pub(super) use view::ResultView;
