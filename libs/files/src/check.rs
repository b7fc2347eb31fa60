//! Holds a stored file against what its row says of it: nobody is given a file that is not what was received.

use std::fmt;

use edge::Problem;
use futures_util::TryStreamExt;
use metrics::counter;
use object_store::ObjectStoreExt;
use sha2::{Digest, Sha256};

use crate::{DAMAGED, Files, KEPT_DAMAGED, Opened, Unreadable, unavailable};

/// A file, as its row knows it.
#[derive(Clone, Copy, Debug)]
pub struct Kept<'a> {
    /// Where it is.
    pub key: &'a str,
    /// How many bytes it has.
    pub size: i64,
    /// The SHA-256 of its bytes.
    pub sha256: &'a [u8],
}

/// How a stored file is not as it was received.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Damage {
    /// It is not there.
    Missing,
    /// It has this many bytes.
    Size(u64),
    /// It has as many bytes, but others.
    Bytes,
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("is missing"),
            Self::Size(size) => write!(f, "has {size} bytes"),
            Self::Bytes => f.write_str("has other bytes than were received"),
        }
    }
}

impl Files {
    /// A stored file, to be streamed. It is read through before the first byte is given.
    ///
    /// # Errors
    /// [`KEPT_DAMAGED`] when it is not as it was received, which is counted; 503 when the store does not give it, or its key is not told.
    pub async fn get(&self, kept: Kept<'_>) -> Result<Opened, Problem> {
        if let Some(damage) = self.check(kept).await.map_err(|why| why.of(kept.key))? {
            counter!(DAMAGED).increment(1);
            tracing::error!(key = kept.key, size = kept.size, %damage, "a kept file is damaged: bring it back from a backup");
            return Err(KEPT_DAMAGED.into());
        }
        let on_disk = self.store.get(&kept.key.into()).await.map_err(unavailable)?;
        Ok(Opened { size: kept.size.unsigned_abs(), bytes: self.opened(kept.key, on_disk.into_stream()) })
    }

    /// How a stored file is not as it was received, if so: by all its bytes, which are read a piece at a time.
    ///
    /// # Errors
    /// When the store does not say, or the key is not told that the file is sealed with.
    pub async fn check(&self, kept: Kept<'_>) -> Result<Option<Damage>, Unreadable> {
        let on_disk = match self.store.head(&kept.key.into()).await {
            Ok(found) => found.size,
            Err(object_store::Error::NotFound { .. }) => return Ok(Some(Damage::Missing)),
            Err(why) => return Err(why.into()),
        };
        let (mut bytes, mut hash, mut size) = (self.read_through(kept.key, on_disk), Sha256::new(), 0);
        loop {
            match bytes.try_next().await {
                Ok(Some(piece)) => {
                    hash.update(&piece);
                    size += piece.len() as u64;
                }
                Ok(None) => break,
                Err(Unreadable::Damaged) => return Ok(Some(Damage::Bytes)),
                Err(why) => return Err(why),
            }
        }
        if i64::try_from(size) != Ok(kept.size) {
            return Ok(Some(Damage::Size(size)));
        }
        Ok((hash.finalize().as_slice() != kept.sha256).then_some(Damage::Bytes))
    }
}
