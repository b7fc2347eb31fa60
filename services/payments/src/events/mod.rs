//! What this service does on others' news.

pub mod dossier_fee_due;
pub mod dossier_moved;
