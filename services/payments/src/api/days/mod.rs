//! Days of an agency's books.

pub mod get;
pub mod list;
pub mod sign;
pub mod view;
