//! Whether a request is what the document says, before any service sees it.

pub(crate) mod body;
pub(crate) mod faults;
pub(crate) mod fields;
pub(crate) mod json;
pub(crate) mod parameters;
pub(crate) mod text;
mod words;
