#![doc = include_str!("../README.md")]

mod attachment;
mod file_name;
mod foreign;
mod media_type;
mod receive;
mod refusal;
mod scanner;
mod size;
mod structure;

use std::{fs::DirBuilder, os::unix::fs::DirBuilderExt, path::Path, sync::Arc};

use anyhow::{Context, Result};
use edge::{Problem, kinds};
use object_store::{GetResult, ObjectStore, ObjectStoreExt, local::LocalFileSystem};
use tokio::sync::Semaphore;

pub use attachment::attachment;
pub use file_name::{file_name, with_ending};
pub use media_type::MediaType;
pub use receive::Received;
pub use refusal::{
    ACTIVE, CONTENT_DOES_NOT_MATCH, INFECTED, LOCKED, UNREADABLE, empty, not_taken, too_large, too_large_text,
};
pub use scanner::Scanner;
pub use size::{HIGHEST_LIMIT, USUAL_LIMIT, size};

/// So many files are looked at at once, and so many are in memory; the others wait on the disk.
const LOOKED_AT_ONCE: usize = 2;

/// Where files are kept, how large one may be, and who looks at it before.
#[derive(Clone)]
pub struct Files {
    store: Arc<dyn ObjectStore>,
    limit: u64,
    least_rate: u64,
    scanner: Option<Scanner>,
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
        Ok(Self {
            store: Arc::new(store),
            limit,
            least_rate: edge::USUAL_LEAST_RATE,
            scanner: None,
            looks: Arc::new(Semaphore::new(LOOKED_AT_ONCE)),
        })
    }

    /// The same, each file looked at by a malware scanner if there is one.
    #[must_use]
    pub fn scanned_by(self, scanner: Option<Scanner>) -> Self {
        Self { scanner, ..self }
    }

    /// The same, each file refused that brings less than `least_rate` bytes a second.
    #[must_use]
    pub fn at_least(self, least_rate: u64) -> Self {
        Self { least_rate, ..self }
    }

    /// A stored file, to be streamed.
    ///
    /// # Errors
    /// 503 when the store does not give it.
    pub async fn get(&self, key: &str) -> Result<GetResult, Problem> {
        self.store.get(&key.into()).await.map_err(unavailable)
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
