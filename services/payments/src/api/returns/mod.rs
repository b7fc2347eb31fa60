//! Payers who come back from a provider.

mod pages;
pub mod show;
