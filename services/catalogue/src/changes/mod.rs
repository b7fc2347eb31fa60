//! Decisions with all that they cause, each in one transaction.

pub mod bring_into_force;
pub mod drafts;
pub mod end;
pub mod import;
pub mod publish;
pub mod withdraw;
