//! Notifications over real sockets: events in, mails and SMS out, the inbox by HTTP.

mod dossier_completed;
mod dossier_fee_paid;
mod dossier_received;
mod dossier_submitted;
mod email;
mod hostile_names;
mod list_messages;
mod official_assigned;
mod registration_started;
mod sms;
mod town;
