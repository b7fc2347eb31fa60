//! Payers on their way to a provider that is told of each payment first.

pub mod open;
