//! One transaction with all it causes, a change a file.

pub mod retry;
