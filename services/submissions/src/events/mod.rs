//! What this service does on the news of others.

pub mod agency_opened;
pub mod payment_settled;
