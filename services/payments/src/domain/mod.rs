//! What a fee, an attempt to pay it and a transfer of money are, without a server.

#[macro_use]
mod words;

pub mod asking;
#[cfg(test)]
mod interleavings;
pub mod ledger;
pub mod provider;
pub mod report;
pub mod status;
