//! Takes a file in: streamed to the store while it is counted, hashed and recognised; then looked at as a whole.

use std::{fs::Permissions, os::unix::fs::PermissionsExt, sync::Arc};

use actix_web::{HttpRequest, error::PayloadError, http::header, web::Bytes};
use anyhow::Context;
use edge::{Pace, Problem};
use futures_util::{Stream, TryStreamExt};
use object_store::ObjectStoreExt;
use sha2::{Digest, Sha256};

use crate::{Files, MediaType, refusal, structure, unavailable, writer::Writer};

/// A file that was taken in.
#[derive(Clone, Debug)]
pub struct Received {
    /// Where it is.
    pub key: String,
    /// Its type, by its first bytes.
    pub media_type: MediaType,
    /// Its size in bytes, as it is kept.
    pub size: i64,
    /// The SHA-256 of its bytes, as they are kept.
    pub sha256: [u8; 32],
}

impl Files {
    /// Takes the request's body in as `key`, if it is a file of one of the `accepted` types that people can open. What a camera
    /// wrote beside a picture, such as where it was taken, is not kept.
    ///
    /// # Errors
    /// 415 when the type named is not accepted, or the bytes are of another; 413 when it is too large; 422 when it is broken, locked,
    /// active or infected; 408 when it stops coming, or comes too slowly; 503 when the store does not take it, or the scanner does not answer. Nothing is
    /// left behind then.
    pub async fn receive(
        &self,
        key: String,
        accepted: &[MediaType],
        request: &HttpRequest,
        mut body: impl Stream<Item = Result<Bytes, PayloadError>> + Unpin,
    ) -> Result<Received, Problem> {
        let header = |name| request.headers().get(name).and_then(|value| value.to_str().ok());
        let named = header(header::CONTENT_TYPE).unwrap_or_default();
        let media_type = MediaType::named(named).filter(|named| accepted.contains(named));
        let Some(media_type) = media_type else {
            let head = Pace::new(self.least_rate).next(&mut body).await?.unwrap_or_default();
            return Err(refusal::not_taken(named, &head, accepted));
        };
        let told = header(header::CONTENT_LENGTH).and_then(|length| length.parse::<u64>().ok());
        if told.is_some_and(|length| length > self.limit) {
            return Err(refusal::too_large(self.limit));
        }
        let mut writer = self.write(&key).await?;
        match self.read(media_type, accepted, body, &mut writer).await {
            Ok((size, sha256)) => {
                writer.finish().await?;
                let received = Received { key: key.clone(), media_type, size, sha256 };
                let kept = async { self.close(self.look_at(received, accepted).await?).await }.await;
                if kept.is_err() {
                    self.discard(&key).await;
                }
                kept
            }
            Err(why) => {
                writer.abort(&key).await;
                Err(why)
            }
        }
    }

    /// Reads on to the end, handing over what comes; gives size and hash.
    async fn read(
        &self,
        media_type: MediaType,
        accepted: &[MediaType],
        mut body: impl Stream<Item = Result<Bytes, PayloadError>> + Unpin,
        writer: &mut Writer,
    ) -> Result<(i64, [u8; 32]), Problem> {
        let (mut size, mut hash, mut head) = (0u64, Sha256::new(), Vec::with_capacity(MediaType::HEAD));
        let mut pace = Pace::new(self.least_rate);
        let recognise = |head: &[u8]| match media_type.begins(head) {
            true => Ok(()),
            false => Err(refusal::another(head, media_type, accepted)),
        };
        while let Some(chunk) = pace.next(&mut body).await? {
            size += chunk.len() as u64;
            if size > self.limit {
                return Err(refusal::too_large(self.limit));
            }
            if head.len() < MediaType::HEAD {
                head.extend(chunk.iter().take(MediaType::HEAD - head.len()));
                if head.len() == MediaType::HEAD {
                    recognise(&head)?;
                }
            }
            hash.update(&chunk);
            writer.put(chunk).await?;
        }
        recognise(&head)?;
        Ok((signed(size)?, hash.finalize().into()))
    }

    /// Looks at a whole file that was taken in, on a thread that serves nobody meanwhile. What was written beside a picture goes.
    async fn look_at(&self, file: Received, accepted: &[MediaType]) -> Result<Received, Problem> {
        let look = Arc::clone(&self.looks).acquire_owned().await.map_err(anyhow::Error::from)?;
        let bytes = self.whole(&file).await?;
        let media_type = file.media_type;
        let looked = tokio::task::spawn_blocking(move || {
            let kept = structure::check(media_type, &bytes)?;
            let hashed = kept.as_ref().map(|kept| <[u8; 32]>::from(Sha256::digest(kept)));
            Ok::<_, structure::Fault>((kept.map_or(bytes, Bytes::from), hashed, look))
        });
        // The place is given back when nothing of the file is in memory any more.
        let (bytes, hashed, _look) =
            looked.await.map_err(anyhow::Error::from)?.map_err(|fault| refusal::faulty(fault, media_type, accepted))?;
        if let Some(scanner) = &self.scanner {
            scanner.look_at(&bytes).await?;
        }
        let Some(sha256) = hashed else { return Ok(file) };
        let size = signed(bytes.len() as u64)?;
        self.replace(&file.key, bytes).await?;
        Ok(Received { size, sha256, ..file })
    }

    /// A file that was just taken in, in memory.
    async fn whole(&self, file: &Received) -> Result<Bytes, Problem> {
        let on_disk = self.store.head(&file.key.as_str().into()).await.map_err(unavailable)?.size;
        let mut bytes = Vec::with_capacity(usize::try_from(file.size).map_err(anyhow::Error::from)?);
        let mut pieces = self.read_through(&file.key, on_disk);
        while let Some(piece) = pieces.try_next().await.map_err(|why| why.of(&file.key))? {
            bytes.extend_from_slice(&piece);
        }
        Ok(bytes.into())
    }

    /// Nobody else on this machine may read it, whatever its folder allows.
    async fn close(&self, file: Received) -> Result<Received, Problem> {
        let closed = tokio::fs::set_permissions(self.folder.join(&file.key), Permissions::from_mode(0o600)).await;
        closed.context("the mode of a file cannot be set")?;
        Ok(file)
    }
}

fn signed(size: u64) -> Result<i64, Problem> {
    i64::try_from(size).map_err(|why| anyhow::Error::from(why).into())
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use actix_web::{error::PayloadError, web::Bytes};
    use futures_util::{Stream, StreamExt, stream};
    use tokio::time::{Instant, sleep};

    use super::{Files, MediaType};

    /// Has `body` read until it is refused; gives why, and after how many seconds.
    async fn refused(name: &str, body: impl Stream<Item = Result<Bytes, PayloadError>>) -> (&'static str, u64) {
        let folder = std::env::temp_dir().join(format!("motcua-files-{name}-{}", std::process::id()));
        let files = Files::open(&folder, 100_000).expect("a folder");
        let (mut writer, begun) = (files.write("a").await.expect("an upload"), Instant::now());
        let why = files.read(MediaType::Pdf, &MediaType::ALL, Box::pin(body), &mut writer).await.expect_err("refused");
        writer.abort("a").await;
        std::fs::remove_dir_all(folder).expect("the folder");
        (why.kind.code, begun.elapsed().as_secs())
    }

    #[tokio::test(start_paused = true)]
    async fn who_stops_sending_or_drips_is_not_waited_for() {
        assert_eq!(refused("silent", stream::pending()).await, ("timeout", 10));
        let dripping = stream::repeat("x").then(|x: &'static str| async move {
            sleep(Duration::from_secs(1)).await;
            Ok(Bytes::from_static(x.as_bytes()))
        });
        assert_eq!(refused("dripping", dripping).await, ("timeout", 30));
    }
}
