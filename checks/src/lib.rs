#![doc = include_str!("../README.md")]

pub mod circles;
pub mod crates;
pub mod tokens;
pub mod uses;
