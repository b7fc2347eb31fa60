//! The tables: whom we write to, where officials serve, what was written and how it went.

pub mod agencies;
pub mod contacts;
pub mod given_up;
pub mod messages;
pub mod official_posts;
