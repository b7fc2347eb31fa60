//! Dossiers by the code and secret of their receipts, without signing in.

pub(super) mod add_document;
pub(super) mod answer_supplement;
mod holder;
pub(super) mod remove_document;
pub(super) mod track;
mod view;
pub(super) mod withdraw;
