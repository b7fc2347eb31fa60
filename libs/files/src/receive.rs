//! Takes a file in: streamed to the store while it is counted, hashed and looked at; never whole in memory.

use std::time::Duration;

use actix_web::{HttpRequest, error::PayloadError, http::header, web::Bytes};
use edge::{Problem, kinds};
use futures_util::{Stream, StreamExt};
use object_store::{ObjectStoreExt, WriteMultipart};
use sha2::{Digest, Sha256};

use crate::{CONTENT_DOES_NOT_MATCH, Files, MediaType, unavailable};

/// Bytes handed to the store at once, and how many such parts may be under way.
const PART: usize = 256 * 1024;
const PARTS: usize = 4;
/// Who sends nothing for this long has gone away.
const SILENCE: Duration = Duration::from_secs(10);
/// Who needs longer in all holds a connection for too long; 10 MB in this time are 17 kB/s.
const WHOLE: Duration = Duration::from_secs(600);

/// A file that was taken in.
#[derive(Clone, Debug)]
pub struct Received {
    /// Where it is.
    pub key: String,
    /// Its type, by its first bytes.
    pub media_type: MediaType,
    /// Its size in bytes.
    pub size: i64,
    /// The SHA-256 of its bytes.
    pub sha256: [u8; 32],
}

impl Files {
    /// Takes the request's body in as `key`, if it is of one of the `accepted` types.
    ///
    /// # Errors
    /// 415 when the type named is not accepted, or the bytes are of another; 413 when it is too large; 408 when it stops
    /// coming; 503 when the store does not take it. Nothing is left behind then.
    pub async fn receive(
        &self,
        key: String,
        accepted: &[MediaType],
        request: &HttpRequest,
        body: impl Stream<Item = Result<Bytes, PayloadError>> + Unpin,
    ) -> Result<Received, Problem> {
        let header = |name| request.headers().get(name).and_then(|value| value.to_str().ok());
        let named = header(header::CONTENT_TYPE).and_then(MediaType::named).filter(|named| accepted.contains(named));
        let media_type = named.ok_or(kinds::UNSUPPORTED_MEDIA)?;
        let told = header(header::CONTENT_LENGTH).and_then(|length| length.parse::<u64>().ok());
        if told.is_some_and(|length| length > self.limit) {
            return Err(kinds::TOO_LARGE.into());
        }
        let upload = self.store.put_multipart(&key.as_str().into()).await.map_err(unavailable)?;
        let mut part = WriteMultipart::new_with_chunk_size(upload, PART);
        let read = self.read(media_type, body, &mut part, SILENCE);
        match tokio::time::timeout(WHOLE, read).await.unwrap_or_else(|_| Err(kinds::TIMEOUT.into())) {
            Ok((size, sha256)) => {
                part.finish().await.map_err(unavailable)?;
                Ok(Received { key, media_type, size, sha256 })
            }
            Err(why) => {
                if let Err(failed) = part.abort().await {
                    tracing::warn!(key, why = %failed, "a refused upload could not be removed");
                }
                Err(why)
            }
        }
    }

    /// Reads on to the end, handing over what comes; gives size and hash.
    async fn read(
        &self,
        media_type: MediaType,
        mut body: impl Stream<Item = Result<Bytes, PayloadError>> + Unpin,
        store: &mut WriteMultipart,
        silence: Duration,
    ) -> Result<(i64, [u8; 32]), Problem> {
        let (mut size, mut hash, mut head) = (0u64, Sha256::new(), Vec::with_capacity(MediaType::MAGIC));
        while let Some(chunk) = tokio::time::timeout(silence, body.next()).await.map_err(|_| kinds::TIMEOUT)? {
            let chunk = chunk.map_err(|_| kinds::MALFORMED)?;
            size += chunk.len() as u64;
            if size > self.limit {
                return Err(kinds::TOO_LARGE.into());
            }
            if head.len() < MediaType::MAGIC {
                head.extend(chunk.iter().take(MediaType::MAGIC - head.len()));
                if head.len() == MediaType::MAGIC && !media_type.begins(&head) {
                    return Err(CONTENT_DOES_NOT_MATCH.into());
                }
            }
            hash.update(&chunk);
            store.wait_for_capacity(PARTS).await.map_err(unavailable)?;
            store.put(chunk);
        }
        if !media_type.begins(&head) {
            return Err(CONTENT_DOES_NOT_MATCH.into());
        }
        Ok((i64::try_from(size).map_err(anyhow::Error::from)?, hash.finalize().into()))
    }
}

#[cfg(test)]
mod tests {
    use std::{path::PathBuf, time::Duration};

    use actix_web::{error::PayloadError, test::TestRequest, web::Bytes};
    use futures_util::stream;
    use object_store::{ObjectStoreExt, WriteMultipart};

    use super::{Files, MediaType};

    const PDF: &[u8] = b"%PDF-1.7\n%%EOF\n";

    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str) -> Self {
            Self(std::env::temp_dir().join(format!("motcua-files-{name}-{}", std::process::id())))
        }

        fn files(&self, limit: u64) -> Files {
            Files::open(&self.0, limit).expect("a folder")
        }

        /// The files left in it, unfinished uploads too.
        fn left(&self) -> usize {
            std::fs::read_dir(&self.0).expect("the folder").count()
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = std::fs::remove_dir_all(&self.0);
        }
    }

    async fn receive(files: &Files, chunks: &[&'static [u8]], media_type: &str) -> Result<(i64, String), &'static str> {
        let chunks: Vec<_> = chunks.iter().map(|chunk| Ok::<_, PayloadError>(Bytes::from_static(chunk))).collect();
        let request = TestRequest::default().insert_header(("content-type", media_type)).to_http_request();
        let received = files.receive("a".into(), &MediaType::ALL, &request, stream::iter(chunks)).await;
        received.map(|file| (file.size, hex::encode(file.sha256))).map_err(|problem| problem.kind.code)
    }

    #[tokio::test]
    async fn a_file_is_counted_hashed_and_kept_however_it_is_cut() {
        let folder = Folder::new("kept");
        let files = folder.files(100);
        let whole = receive(&files, &[PDF], "application/pdf").await.expect("taken");
        assert_eq!(whole.0, 15);
        assert_eq!(receive(&files, &[b"%P", b"", b"DF-1.7\n%%", b"EOF\n"], "Application/PDF; x=y").await, Ok(whole));
        let stored = files.get("a").await.expect("kept").bytes().await.expect("readable");
        assert_eq!(stored, PDF);
    }

    #[tokio::test]
    async fn what_is_refused_leaves_nothing_behind() {
        let folder = Folder::new("refused");
        let files = folder.files(20);
        for (chunks, media_type, code) in [
            (&[PDF][..], "text/html", "unsupported-media-type"),
            (&[PDF], "image/png", "content-does-not-match"),
            (&[b"\n", PDF], "application/pdf", "content-does-not-match"),
            (&[b"%PDF"], "application/pdf", "content-does-not-match"),
            (&[], "application/pdf", "content-does-not-match"),
            (&[PDF, PDF], "application/pdf", "too-large"),
        ] {
            assert_eq!(receive(&files, chunks, media_type).await, Err(code), "{chunks:?} as {media_type}");
        }
        assert_eq!(folder.left(), 0);
    }

    #[tokio::test]
    async fn who_stops_sending_is_not_waited_for() {
        let folder = Folder::new("silent");
        let files = folder.files(100);
        let upload = files.store.put_multipart(&"a".into()).await.expect("an upload");
        let mut part = WriteMultipart::new(upload);
        let silent = stream::pending::<Result<Bytes, PayloadError>>();
        let read = files.read(MediaType::Pdf, silent, &mut part, Duration::from_millis(1)).await;
        assert_eq!(read.expect_err("refused").kind.code, "timeout");
        part.abort().await.expect("removed");
    }
}
