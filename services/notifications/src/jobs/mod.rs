//! Later: what leaves the machine.

pub mod forget_messages;
pub mod send_message;
