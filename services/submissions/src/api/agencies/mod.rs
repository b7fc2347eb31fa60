//! The work of an agency.

pub(super) mod count_dossiers;
mod hands;
pub(super) mod list_dossiers;
pub(super) mod list_officials;
