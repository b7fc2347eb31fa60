//! A file on its way in: passed on chunk by chunk, never held, within a limit of size and of patience.

use std::{io, sync::Arc, time::Duration};

use actix_web::{dev::Payload, web::Bytes};
use edge::{Problem, kinds};
use futures_util::{StreamExt, stream, stream::BoxStream};
use hyper::body::Frame;
use tokio::{
    sync::{
        Mutex,
        mpsc::{Receiver, Sender, channel},
    },
    time::timeout,
};

/// The largest body that passes, unless a file may have more. What an operation takes is its own affair: a dossier's file may have
/// half of it, if nothing else is set.
const UPLOAD_LIMIT: u64 = 20 * 1024 * 1024;
/// What a form has beside its file.
const FORM: u64 = 64 * 1024;
/// A client that sends nothing for this long has gone, and so has a service that takes nothing.
const READ_TIMEOUT: Duration = Duration::from_secs(10);
/// Chunks between the client's socket and the service's: enough for both to be busy.
const CHUNKS_AHEAD: usize = 4;

/// A body that is still coming.
pub(crate) struct Upload {
    payload: Payload,
    length: Option<u64>,
    limits: Limits,
}

/// How much passes.
#[derive(Clone, Copy)]
struct Limits {
    /// Bytes of a body.
    body: u64,
    /// Bytes of a file, as whoever sends more is told.
    file: u64,
}

/// What the service is sent, piece by piece.
pub(crate) type Pieces = BoxStream<'static, io::Result<Frame<Bytes>>>;

/// The service's side of an upload. What no service has read yet can be offered to another.
pub(crate) struct Feed(Arc<Mutex<Receiver<Piece>>>);

/// The client's side of an upload; without its [`Piece::End`] the body counts as broken off.
pub(crate) struct Source {
    payload: Payload,
    pieces: Sender<Piece>,
    limits: Limits,
}

enum Piece {
    Chunk(Bytes),
    End,
}

impl Upload {
    /// A body of `length` bytes if the client says so, with a file of at most `file_limit` bytes.
    ///
    /// # Errors
    /// 413 when it says too much.
    pub fn new(payload: Payload, length: Option<u64>, file_limit: u64) -> Result<Self, Problem> {
        let upload = Self::unweighed(payload, length, file_limit);
        match length.is_some_and(|length| length > upload.limits.body) {
            true => Err(files::too_large(file_limit)),
            false => Ok(upload),
        }
    }

    /// As [`Upload::new`], whatever the client says: whoever reads the form answers beside its field, and reads no more than it needs
    /// for that. More than would be taken is not passed on.
    pub fn unweighed(payload: Payload, length: Option<u64>, file_limit: u64) -> Self {
        let limits = Limits { body: UPLOAD_LIMIT.max(file_limit + FORM), file: file_limit };
        Self { payload, length, limits }
    }

    /// Its length, when the client said it.
    pub fn length(&self) -> Option<u64> {
        self.length
    }

    /// The two ends: what reads from the client, and what the service is sent.
    pub fn split(self) -> (Source, Feed) {
        let (pieces, receiver) = channel(CHUNKS_AHEAD);
        (Source { payload: self.payload, pieces, limits: self.limits }, Feed(Arc::new(Mutex::new(receiver))))
    }
}

impl Feed {
    /// What is left, for one service to read.
    pub fn pieces(&self) -> Pieces {
        let left = stream::try_unfold(self.0.clone(), async |feed| {
            let next = feed.lock().await.recv().await;
            match next {
                Some(Piece::Chunk(chunk)) => Ok(Some((Frame::data(chunk), feed))),
                Some(Piece::End) => Ok(None),
                None => Err(io::Error::other("the client stopped sending")),
            }
        });
        left.boxed()
    }
}

impl Source {
    /// Reads from the client until the end, or until the service wants no more.
    ///
    /// # Errors
    /// 408 when the client stops sending, 413, 400 when the connection breaks, 503 when the service stops reading.
    pub async fn run(mut self) -> Result<(), Problem> {
        let mut sent = 0;
        while let Some(chunk) = timeout(READ_TIMEOUT, self.payload.next()).await.map_err(|_| kinds::TIMEOUT)? {
            let chunk = chunk.map_err(|_| kinds::MALFORMED)?;
            sent += chunk.len() as u64;
            if sent > self.limits.body {
                return Err(files::too_large(self.limits.file));
            }
            match timeout(READ_TIMEOUT, self.pieces.send(Piece::Chunk(chunk))).await {
                Ok(Ok(())) => {}
                Ok(Err(_)) => return Ok(()),
                Err(_) => return Err(kinds::UNAVAILABLE.into()),
            }
        }
        // Fails only when the service wants no more, which is no fault.
        let _ = self.pieces.send(Piece::End).await;
        Ok(())
    }
}
