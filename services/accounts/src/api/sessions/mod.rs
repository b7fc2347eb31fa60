//! Signing in and out, and what keeps somebody signed in.

pub mod end;
pub mod list;
pub mod refresh;
pub mod sign_in;
pub mod sign_out;
pub mod switch_capacity;
mod view;
