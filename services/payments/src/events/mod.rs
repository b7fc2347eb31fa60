//! What this service does on others' events.

pub mod account_registered;
pub mod agency_opened;
pub mod dossier_fee_due;
pub mod dossier_moved;
pub mod organisation_registered;
