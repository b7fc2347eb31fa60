//! The work of an agency.

pub(super) mod add_phrase;
pub(super) mod count_dossiers;
pub(super) mod export_dossiers;
mod filter;
mod hands;
pub(super) mod list_dossiers;
pub(super) mod list_officials;
pub(super) mod list_phrases;
mod phrase_view;
pub(super) mod preview_calendar;
pub(super) mod remove_phrase;
mod spreadsheet;
pub(super) mod stuck;
mod work_item;
