//! What cashiers took.

pub mod reverse;
