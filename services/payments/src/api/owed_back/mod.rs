//! Money that an agency has and may have to give back.

pub mod list;
