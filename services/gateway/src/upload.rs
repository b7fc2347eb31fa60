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

/// The largest body that passes at all. What an operation takes is its own affair: a dossier's file may have half of it, unless
/// `MOTCUA_DOCUMENT_LIMIT` says otherwise.
const UPLOAD_LIMIT: u64 = 20 * 1024 * 1024;
/// A client that sends nothing for this long has gone, and so has a service that takes nothing.
const READ_TIMEOUT: Duration = Duration::from_secs(10);
/// Chunks between the client's socket and the service's: enough for both to be busy.
const CHUNKS_AHEAD: usize = 4;

/// A body that is still coming.
pub(crate) struct Upload {
    payload: Payload,
    length: Option<u64>,
}

/// What the service is sent, piece by piece.
pub(crate) type Pieces = BoxStream<'static, io::Result<Frame<Bytes>>>;

/// The service's side of an upload. What no service has read yet can be offered to another.
pub(crate) struct Feed(Arc<Mutex<Receiver<Piece>>>);

/// The client's side of an upload; without its [`Piece::End`] the body counts as broken off.
pub(crate) struct Source {
    payload: Payload,
    pieces: Sender<Piece>,
}

enum Piece {
    Chunk(Bytes),
    End,
}

impl Upload {
    /// A body of `length` bytes if the client says so.
    ///
    /// # Errors
    /// 413 when it says too much.
    pub fn new(payload: Payload, length: Option<u64>) -> Result<Self, Problem> {
        if length.is_some_and(|length| length > UPLOAD_LIMIT) {
            return Err(kinds::TOO_LARGE.into());
        }
        Ok(Self { payload, length })
    }

    /// Its length, when the client said it.
    pub fn length(&self) -> Option<u64> {
        self.length
    }

    /// The two ends: what reads from the client, and what the service is sent.
    pub fn split(self) -> (Source, Feed) {
        let (pieces, receiver) = channel(CHUNKS_AHEAD);
        (Source { payload: self.payload, pieces }, Feed(Arc::new(Mutex::new(receiver))))
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
            if sent > UPLOAD_LIMIT {
                return Err(kinds::TOO_LARGE.into());
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
