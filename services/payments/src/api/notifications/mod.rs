//! What providers tell us.

mod hear;
pub mod provider_query;
pub mod receive;
pub mod receive_at_old_path;
pub mod receive_posted;
