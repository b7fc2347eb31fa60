//! A stored file on its way back, as it was received: whether it lies sealed on the disk is nobody else's matter.

use std::sync::Arc;

use actix_web::web::Bytes;
use futures_util::{
    Stream, StreamExt, TryStreamExt,
    stream::{self, BoxStream},
};
use object_store::{ObjectStoreExt, path::Path};

use crate::{Files, Unreadable, sealed::Opener};

/// Bytes read from the disk at once.
const PIECE: u64 = 512 * 1024;

/// A stored file, to be streamed.
pub struct Opened {
    /// How many bytes it has.
    pub size: u64,
    /// They themselves.
    pub bytes: BoxStream<'static, Result<Bytes, Unreadable>>,
}

impl Files {
    /// What is in the file `key`, which has so many bytes on the disk, read a piece at a time.
    pub(crate) fn read_through(&self, key: &str, on_disk: u64) -> BoxStream<'static, Result<Bytes, Unreadable>> {
        let (store, path) = (Arc::clone(&self.store), Path::from(key));
        let pieces = stream::try_unfold(0, move |from| {
            let (store, path) = (Arc::clone(&store), path.clone());
            async move {
                if from >= on_disk {
                    return Ok(None);
                }
                let to = on_disk.min(from + PIECE);
                Ok(Some((store.get_range(&path, from..to).await?, to)))
            }
        });
        self.opened(key, pieces)
    }

    /// What is in the file `key`, whose bytes on the disk are these.
    pub(crate) fn opened(
        &self,
        key: &str,
        on_disk: impl Stream<Item = Result<Bytes, object_store::Error>> + Send + 'static,
    ) -> BoxStream<'static, Result<Bytes, Unreadable>> {
        let opener = Opener::begin(key, self.keys.clone());
        let opened = stream::try_unfold((on_disk.boxed(), Some(opener)), async |(mut on_disk, opener)| {
            let Some(mut opener) = opener else { return Ok(None) };
            match on_disk.try_next().await? {
                Some(bytes) => Ok(Some((opener.open(bytes)?, (on_disk, Some(opener))))),
                None => Ok(Some((opener.finish()?, (on_disk, None)))),
            }
        });
        opened.boxed()
    }
}
