//! The way to the store: what there is a key for is sealed while it streams, so that the disk never has it otherwise.

use actix_web::web::Bytes;
use anyhow::{Context, anyhow};
use edge::Problem;
use object_store::{ObjectStoreExt, WriteMultipart};
use ring::error::Unspecified;

use crate::{Files, sealed::Sealer, unavailable};

/// Bytes handed to the store at once, and how many such parts may be under way.
const PART: usize = 256 * 1024;
const PARTS: usize = 4;

/// A file on its way; there only when it is finished.
pub(crate) struct Writer {
    upload: WriteMultipart,
    sealer: Option<Sealer>,
}

impl Files {
    /// Begins to write the file `key`, in the place of one that is there.
    pub(crate) async fn write(&self, key: &str) -> Result<Writer, Problem> {
        let sealer = self.keys.present.as_ref().map(|own| Sealer::begin(key, own)).transpose();
        // The store would make the folders on the way for everybody on this machine to look into.
        if let Some(inner) = self.folder.join(key).parent() {
            let made = tokio::fs::DirBuilder::new().recursive(true).mode(0o700).create(inner).await;
            made.context("the folder of a file cannot be made")?;
        }
        let upload = self.store.put_multipart(&key.into()).await.map_err(unavailable)?;
        Ok(Writer { sealer: sealer.map_err(not_sealed)?, upload: WriteMultipart::new_with_chunk_size(upload, PART) })
    }

    /// Writes the file `key` anew.
    pub(crate) async fn replace(&self, key: &str, mut bytes: Bytes) -> Result<(), Problem> {
        let mut writer = self.write(key).await?;
        while !bytes.is_empty() {
            let part = bytes.split_to(bytes.len().min(PART));
            if let Err(why) = writer.put(part).await {
                writer.abort(key).await;
                return Err(why);
            }
        }
        writer.finish().await
    }
}

impl Writer {
    /// Writes on.
    pub(crate) async fn put(&mut self, bytes: Bytes) -> Result<(), Problem> {
        let bytes = match &mut self.sealer {
            Some(sealer) => sealer.seal(&bytes).map_err(not_sealed)?,
            None => bytes,
        };
        self.upload.wait_for_capacity(PARTS).await.map_err(unavailable)?;
        self.upload.put(bytes);
        Ok(())
    }

    /// The file's end: it is there.
    pub(crate) async fn finish(mut self) -> Result<(), Problem> {
        if let Some(sealer) = self.sealer {
            self.upload.put(sealer.finish().map_err(not_sealed)?);
        }
        self.upload.finish().await.map_err(unavailable)?;
        Ok(())
    }

    /// Nothing is left of it.
    pub(crate) async fn abort(self, key: &str) {
        if let Err(failed) = self.upload.abort().await {
            tracing::warn!(key, why = %failed, "a refused upload could not be removed");
        }
    }
}

fn not_sealed(_: Unspecified) -> Problem {
    anyhow!("a file cannot be sealed").into()
}
