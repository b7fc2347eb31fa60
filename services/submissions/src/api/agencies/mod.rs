//! The work of an agency.

pub(super) mod count_dossiers;
pub(super) mod list_dossiers;
pub(super) mod preview_calendar;
