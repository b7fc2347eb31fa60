//! The one refusal of this vocabulary: what was expected, never what was given.

/// A value that is not what its type promises. The message names the expectation only, so it may be shown and logged
/// even when the value was personal data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected {expected}")]
pub struct Malformed {
    expected: &'static str,
}

impl Malformed {
    /// A refusal that says what was expected, e.g. `"a citizen number of 12 digits"`.
    #[must_use]
    pub const fn new(expected: &'static str) -> Self {
        Self { expected }
    }

    /// What was expected, in English.
    #[must_use]
    pub const fn expected(&self) -> &'static str {
        self.expected
    }
}
