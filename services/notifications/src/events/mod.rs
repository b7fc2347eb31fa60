//! What this service does on the events of others, an event a file.

pub mod account_noticed;
pub mod account_registered;
pub mod agency_opened;
pub mod confirmation_started;
pub mod consultation_noticed;
pub mod deadlines_near;
pub mod dossier_completed;
pub mod dossier_fee_paid;
pub mod dossier_noticed;
pub mod dossier_received;
pub mod dossier_submitted;
pub mod draft_expiring;
pub mod money_noticed;
pub mod official_assigned;
pub mod organisation_registered;
pub mod payment_noticed;
pub mod registration_started;
