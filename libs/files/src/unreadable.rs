//! Why a stored file is not given.

use edge::{Problem, kinds};

/// Why a stored file cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    /// The store does not give it.
    #[error(transparent)]
    Store(#[from] object_store::Error),
    /// It is sealed with a key that this installation is not told; the file may be whole.
    #[error("it is encrypted with the key {0}, which is neither MOTCUA_FILE_KEY nor one of MOTCUA_PREVIOUS_FILE_KEYS")]
    Key(String),
    /// It was sealed, and is not as it was.
    #[error("it is not as it was sealed")]
    Damaged,
}

impl Unreadable {
    /// 503: the file is not lost by that.
    pub(crate) fn of(self, key: &str) -> Problem {
        tracing::error!(key, why = %self, "a stored file cannot be read");
        kinds::UNAVAILABLE.into()
    }
}
