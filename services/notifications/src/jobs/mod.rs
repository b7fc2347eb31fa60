//! Later: what leaves the machine.

pub mod send_message;
