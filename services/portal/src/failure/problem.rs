//! Why the API refused, as it says it (RFC 9457).

use serde::Deserialize;

/// A problem.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Problem {
    /// The HTTP status.
    pub status: u16,
    /// Stable code.
    pub code: String,
    /// What happened, in the visitor's language.
    pub title: String,
    /// The trace to name when asking for help.
    pub trace_id: String,
    /// What is wrong with which field.
    pub errors: Vec<FieldError>,
    /// Seconds after which to come back, when the API says them.
    #[serde(skip)]
    pub retry_after: Option<u32>,
}

/// What is wrong with one field.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct FieldError {
    /// JSON Pointer (RFC 6901) into the body, or the parameter's name.
    pub pointer: String,
    /// A sentence for who fills the field.
    pub detail: String,
}

impl Problem {
    /// Why, in one sentence: what is wrong with the first field, or what happened.
    pub fn sentence(&self) -> &str {
        self.errors.first().map_or(&self.title, |error| &error.detail)
    }
}

impl FieldError {
    /// The field, as a form names it; empty when it is about the whole.
    pub fn field(&self) -> &str {
        self.pointer.trim_start_matches('/').split('/').next().unwrap_or_default()
    }
}
