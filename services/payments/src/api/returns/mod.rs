//! Payers who come back from a provider.

pub mod pages;
pub mod show;
