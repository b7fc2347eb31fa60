#![doc = include_str!("../README.md")]

mod attachment;
mod check;
mod file_name;
mod foreign;
mod keys;
mod left_over;
mod media_type;
mod opened;
mod receive;
mod refusal;
mod scanner;
mod sealed;
mod size;
mod structure;
mod unreadable;
mod writer;

use std::{
    fs::DirBuilder,
    os::unix::fs::DirBuilderExt,
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::{Context, Result};
use edge::{Problem, kinds};
use metrics::counter;
use object_store::{ObjectStore, ObjectStoreExt, local::LocalFileSystem};
use tokio::sync::Semaphore;

pub use attachment::attachment;
pub use check::{Damage, Kept};
pub use file_name::{file_name, with_ending};
pub use keys::{KeySettings, Keys};
pub use left_over::{Found, Turn};
pub use media_type::MediaType;
pub use opened::Opened;
pub use receive::Received;
pub use refusal::{
    ACTIVE, CONTENT_DOES_NOT_MATCH, INFECTED, KEPT_DAMAGED, LOCKED, UNREADABLE, empty, not_taken, too_large,
    too_large_text,
};
pub use scanner::Scanner;
pub use size::{HIGHEST_LIMIT, USUAL_LIMIT, size};
pub use unreadable::Unreadable;

/// So many files are looked at at once, and so many are in memory; the others wait on the disk.
const LOOKED_AT_ONCE: usize = 2;
/// Counts the files that were asked for and are not as they were received.
const DAMAGED: &str = "motcua_files_damaged_total";

/// Where files are kept, how large one may be, and who looks at it before.
#[derive(Clone)]
pub struct Files {
    folder: PathBuf,
    store: Arc<dyn ObjectStore>,
    limit: u64,
    least_rate: u64,
    scanner: Option<Scanner>,
    keys: Keys,
    looks: Arc<Semaphore>,
}

impl Files {
    /// The files below `folder`, which is made if it is not there; each of at most `limit` bytes.
    ///
    /// # Errors
    /// When the folder cannot be made or read: a sentence naming it.
    pub fn open(folder: &Path, limit: u64) -> Result<Self> {
        let unusable = || format!("The folder of documents {} cannot be used", folder.display());
        // Papers are for nobody else on this machine. A folder that is there already has the mode that its operator chose.
        DirBuilder::new().recursive(true).mode(0o700).create(folder).with_context(unusable)?;
        let store = LocalFileSystem::new_with_prefix(folder).with_context(unusable)?.with_fsync(true);
        counter!(DAMAGED).increment(0);
        Ok(Self {
            folder: folder.to_owned(),
            store: Arc::new(store),
            limit,
            least_rate: edge::USUAL_LEAST_RATE,
            scanner: None,
            keys: Keys::default(),
            looks: Arc::new(Semaphore::new(LOOKED_AT_ONCE)),
        })
    }

    /// The same, each file looked at by a malware scanner if there is one.
    #[must_use]
    pub fn scanned_by(self, scanner: Option<Scanner>) -> Self {
        Self { scanner, ..self }
    }

    /// The same, each file sealed on the disk if there is a key for it.
    #[must_use]
    pub fn sealed_by(self, keys: Keys) -> Self {
        Self { keys, ..self }
    }

    /// The same, each file refused that brings less than `least_rate` bytes a second.
    #[must_use]
    pub fn at_least(self, least_rate: u64) -> Self {
        Self { least_rate, ..self }
    }

    /// Removes a file that no row names. One that cannot be removed is logged: it is of no harm.
    pub async fn discard(&self, key: &str) {
        if let Err(why) = self.store.delete(&key.into()).await {
            tracing::warn!(key, %why, "a file that nothing refers to could not be removed");
        }
    }
}

fn unavailable(why: object_store::Error) -> Problem {
    tracing::error!(%why, "the object store failed");
    kinds::UNAVAILABLE.into()
}
