//! Decisions with all that they cause, each in one transaction.

pub mod publish;
