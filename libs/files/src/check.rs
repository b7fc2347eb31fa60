//! Holds a stored file against what its row says of it: nobody is given a file that is not what was received.

use std::fmt;

use anyhow::anyhow;
use edge::Problem;
use metrics::counter;
use object_store::{GetResult, ObjectStoreExt};
use sha2::{Digest, Sha256};

use crate::{DAMAGED, Files, unavailable};

/// Bytes read at once.
const PIECE: u64 = 512 * 1024;

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
    /// 500 when it is not as it was received, which is counted; 503 when the store does not give it.
    pub async fn get(&self, kept: Kept<'_>) -> Result<GetResult, Problem> {
        if let Some(damage) = self.check(kept).await.map_err(unavailable)? {
            counter!(DAMAGED).increment(1);
            return Err(
                anyhow!("the file {} of {} bytes {damage}: bring it back from a backup", kept.key, kept.size).into()
            );
        }
        self.store.get(&kept.key.into()).await.map_err(unavailable)
    }

    /// How a stored file is not as it was received, if so: by its size, then by all its bytes, which are read a piece at a time.
    ///
    /// # Errors
    /// When the store does not say.
    pub async fn check(&self, kept: Kept<'_>) -> Result<Option<Damage>, object_store::Error> {
        let path = kept.key.into();
        let size = match self.store.head(&path).await {
            Ok(found) => found.size,
            Err(object_store::Error::NotFound { .. }) => return Ok(Some(Damage::Missing)),
            Err(why) => return Err(why),
        };
        if i64::try_from(size) != Ok(kept.size) {
            return Ok(Some(Damage::Size(size)));
        }
        let (mut hash, mut from) = (Sha256::new(), 0);
        while from < size {
            let piece = self.store.get_range(&path, from..size.min(from + PIECE)).await?;
            from += PIECE;
            hash.update(&piece);
        }
        Ok((hash.finalize().as_slice() != kept.sha256).then_some(Damage::Bytes))
    }
}
