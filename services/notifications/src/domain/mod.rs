//! Rules of messages: what they say, how long they may be, what an attempt means.

pub mod delivery;
pub mod message;
pub mod plain;
pub mod sms;
pub mod templates;
pub mod times;
