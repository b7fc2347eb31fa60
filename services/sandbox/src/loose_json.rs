//! JSON as Vietnamese providers take it: one flat object whose values may be text or numbers.

use serde_json::{Map, Value};

/// A request body whose values are all read as text.
pub(crate) struct LooseObject(Map<String, Value>);

impl LooseObject {
    /// `None` when the bytes are not one JSON object.
    pub(crate) fn parse(body: &[u8]) -> Option<Self> {
        serde_json::from_slice(body).ok().map(Self)
    }

    /// The value as text; empty when absent, null or nested.
    pub(crate) fn text(&self, name: &str) -> String {
        match self.0.get(name) {
            Some(Value::String(text)) => text.clone(),
            Some(Value::Number(number)) => number.to_string(),
            _ => String::new(),
        }
    }
}
