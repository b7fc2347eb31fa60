#![doc = include_str!("../README.md")]

mod attachment;
mod file_name;
mod media_type;
mod receive;

use std::{path::Path, sync::Arc};

use anyhow::{Context, Result};
use edge::{Kind, Problem, kinds};
use object_store::{GetResult, ObjectStore, ObjectStoreExt, local::LocalFileSystem};

pub use attachment::attachment;
pub use file_name::file_name;
pub use media_type::MediaType;
pub use receive::Received;

/// The bytes are not of the type that the request names.
pub const CONTENT_DOES_NOT_MATCH: Kind = Kind::new(
    415,
    "content-does-not-match",
    "Nội dung tệp không đúng với loại tệp đã khai.",
    "The content of the file is not of the type named.",
);

/// Where files are kept, and how large one may be.
#[derive(Clone)]
pub struct Files {
    store: Arc<dyn ObjectStore>,
    limit: u64,
}

impl Files {
    /// The files below `folder`, which is made if it is not there; each of at most `limit` bytes.
    ///
    /// # Errors
    /// When the folder cannot be made or read: a sentence naming it.
    pub fn open(folder: &Path, limit: u64) -> Result<Self> {
        let unusable = || format!("The folder of documents {} cannot be used", folder.display());
        std::fs::create_dir_all(folder).with_context(unusable)?;
        let store = LocalFileSystem::new_with_prefix(folder).with_context(unusable)?.with_fsync(true);
        Ok(Self { store: Arc::new(store), limit })
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
