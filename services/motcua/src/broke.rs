//! What is told by exit code 1.

use anyhow::{Error, Result};

/// Something is broken: a part ended by itself while it ran, or stored data is not sound. Told by exit code 1, apart from
/// what could not start.
#[derive(Debug)]
pub struct Broke(String);

impl std::fmt::Display for Broke {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Broke {}

impl Broke {
    /// What is wrong, in a sentence.
    pub fn because(why: String) -> Error {
        Error::new(Self(why))
    }

    /// The sentence for a part that ended: by an error, or without anybody asking.
    pub fn after(name: &str, outcome: Result<()>) -> Error {
        Error::new(Self(match outcome {
            Ok(()) => format!("{name} stopped without being told to; everything else was stopped too."),
            Err(why) => format!("{name} broke ({why:#}); everything else was stopped too."),
        }))
    }
}
