//! What this service does on others' events.

pub mod agency_opened;
pub mod calendar_changed;
pub mod contact_told;
pub mod official_assigned;
pub mod order_moved;
pub mod payment_settled;
pub mod procedure_published;
pub mod procedure_withdrawn;
