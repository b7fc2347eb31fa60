//! Notifications over real sockets: events in, mails and SMS out, the inbox by HTTP.

#![allow(
    clippy::disallowed_methods,
    reason = "tests name what is theirs alone by chance, and compare with the machine's time"
)]

mod account_noticed;
mod confirmation_started;
mod consultation_noticed;
mod deadlines_near;
mod dossier_completed;
mod dossier_fee_paid;
mod dossier_noticed;
mod dossier_received;
mod dossier_submitted;
mod draft_expiring;
mod email;
mod fixture;
mod forgetting;
mod given_up;
mod hostile_names;
mod list_messages;
mod money_noticed;
mod official_assigned;
mod payment_noticed;
mod registration_started;
mod sms;
