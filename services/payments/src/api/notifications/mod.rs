//! What providers tell us.

pub mod provider_query;
pub mod receive;
pub mod receive_at_old_path;
