//! What this service does on others' events.

pub mod dossier_fee_due;
pub mod dossier_moved;
