//! Rules of messages: what kinds there are, how long they may be, what an attempt means.

pub mod delivery;
pub mod message;
pub mod plain;
pub mod sms;
pub mod template;
pub mod times;
