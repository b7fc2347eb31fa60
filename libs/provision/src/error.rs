//! The one error of this crate: a sentence for the person at the terminal.

use std::fmt;
use std::io;
use std::path::Path;

/// Why a server could not be found, installed, started or kept running: what happened, why, and what to do.
///
/// `Debug` prints the same sentence, so that a `main` that returns it shows something readable.
#[derive(Clone, PartialEq, Eq)]
pub struct Error(String);

impl Error {
    pub(crate) fn new(sentence: impl Into<String>) -> Self {
        Self(sentence.into())
    }

    pub(crate) fn unwritable(path: &Path, cause: &io::Error) -> Self {
        Self(format!(
            "Cannot write {} ({cause}): choose another folder, or give this one to the user who runs the program.",
            path.display()
        ))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Error {}
