//! A file on its way in: passed on chunk by chunk, never held, within a limit of size and at a pace.

use std::{io, sync::Arc, time::Duration};

use actix_web::{dev::Payload, web::Bytes};
use edge::{Pace, Problem, kinds};
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
/// A service that takes nothing for this long has gone.
const WRITE_TIMEOUT: Duration = Duration::from_secs(10);
/// Chunks between the client's socket and the service's: enough for both to be busy.
const CHUNKS_AHEAD: usize = 4;

/// A body that is still coming.
pub(crate) struct Upload {
    payload: Payload,
    length: Option<u64>,
    terms: Terms,
}

/// What passes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Terms {
    /// Bytes of a file, as whoever sends more is told.
    pub file_limit: u64,
    /// Bytes a second that it must bring.
    pub least_rate: u64,
}

impl Terms {
    fn body_limit(self) -> u64 {
        UPLOAD_LIMIT.max(self.file_limit + FORM)
    }
}

/// What the service is sent, piece by piece.
pub(crate) type Pieces = BoxStream<'static, io::Result<Frame<Bytes>>>;

/// The service's side of an upload. What no service has read yet can be offered to another.
pub(crate) struct Feed(Arc<Mutex<Receiver<Piece>>>);

/// The client's side of an upload; without its [`Piece::End`] the body counts as broken off.
pub(crate) struct Source {
    payload: Payload,
    pieces: Sender<Piece>,
    terms: Terms,
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
    pub fn new(payload: Payload, length: Option<u64>, terms: Terms) -> Result<Self, Problem> {
        match length.is_some_and(|length| length > terms.body_limit()) {
            true => Err(files::too_large(terms.file_limit)),
            false => Ok(Self::unweighed(payload, length, terms)),
        }
    }

    /// As [`Upload::new`], whatever the client says: whoever reads the form answers beside its field, and reads no more than it needs
    /// for that. More than would be taken is not passed on.
    pub fn unweighed(payload: Payload, length: Option<u64>, terms: Terms) -> Self {
        Self { payload, length, terms }
    }

    /// Whether it may be a file: a form without one is shorter.
    pub fn may_be_file(&self) -> bool {
        self.length.is_none_or(|length| length > FORM)
    }

    /// Its length, when the client said it.
    pub fn length(&self) -> Option<u64> {
        self.length
    }

    /// The two ends: what reads from the client, and what the service is sent.
    pub fn split(self) -> (Source, Feed) {
        let (pieces, receiver) = channel(CHUNKS_AHEAD);
        (Source { payload: self.payload, pieces, terms: self.terms }, Feed(Arc::new(Mutex::new(receiver))))
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
    /// 408 when the client stops sending or sends too slowly, 413, 400 when the connection breaks, 503 when the service stops reading.
    pub async fn run(mut self) -> Result<(), Problem> {
        let (mut sent, mut pace) = (0, Pace::new(self.terms.least_rate));
        while let Some(chunk) = pace.next(&mut self.payload).await? {
            sent += chunk.len() as u64;
            if sent > self.terms.body_limit() {
                return Err(files::too_large(self.terms.file_limit));
            }
            match timeout(WRITE_TIMEOUT, self.pieces.send(Piece::Chunk(chunk))).await {
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
