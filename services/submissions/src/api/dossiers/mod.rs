//! Dossiers, from draft to result.

mod action_view;
pub(super) mod answer;
pub(super) mod complete;
pub(super) mod discard;
pub(super) mod get;
pub(super) mod list;
pub(super) mod open;
pub(super) mod receive;
pub(super) mod submit;
pub(super) mod track;
mod view;
