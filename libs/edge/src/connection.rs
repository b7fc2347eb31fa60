//! A connection that knows how long nothing has happened on it, and then ends: to stall must not cost a client less than it
//! costs us. The HTTP library bounds only the first head of a connection.

use std::{
    cell::Cell,
    io,
    pin::Pin,
    rc::Rc,
    task::{Context, Poll, ready},
    time::Duration,
};

use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::TcpStream,
    time::{Instant, Sleep, sleep},
};

/// From the first byte of a request to the end of its head.
const HEAD: Duration = Duration::from_secs(10);
/// Between two requests, and while an answer is not taken. Longer than clients of ours keep a connection.
pub(crate) const QUIET: Duration = Duration::from_secs(12);
/// How often a connection that waits looks at the clock.
const POLL_INTERVAL: Duration = Duration::from_secs(2);

/// What happens on a connection; shared with the requests on it.
#[derive(Debug)]
pub(crate) struct Presence {
    under_way: Cell<usize>,
    moved: Cell<Instant>,
    begun: Cell<Option<Instant>>,
    spoken: Cell<bool>,
}

/// A request that is being handled: until it is dropped, its connection waits for us.
#[derive(Debug)]
pub(crate) struct UnderWay(Rc<Presence>);

/// A client's connection.
pub(crate) struct Connection {
    io: TcpStream,
    /// What happens on it.
    pub(crate) presence: Rc<Presence>,
    look: Pin<Box<Sleep>>,
}

impl Presence {
    fn new() -> Self {
        Self {
            under_way: Cell::new(0),
            moved: Cell::new(Instant::now()),
            begun: Cell::new(None),
            spoken: Cell::new(false),
        }
    }

    /// A request has come whole and is handled until what this gives is dropped.
    pub(crate) fn enter(self: &Rc<Self>) -> UnderWay {
        self.under_way.set(self.under_way.get() + 1);
        self.begun.set(None);
        UnderWay(self.clone())
    }

    fn heard(&self) {
        self.moved.set(Instant::now());
        self.spoken.set(true);
        if self.under_way.get() == 0 && self.begun.get().is_none() {
            self.begun.set(Some(Instant::now()));
        }
    }

    /// Whether what is about to be written answers nothing. The HTTP library tells a connection on which nothing came that it was
    /// too slow; a browser, which opens connections in reserve, would take that for the answer to its next request.
    fn is_unasked(&self) -> bool {
        !self.spoken.get()
    }

    fn is_stalled(&self) -> bool {
        let head = self.begun.get().is_some_and(|begun| begun.elapsed() > HEAD);
        self.under_way.get() == 0 && (head || self.moved.get().elapsed() > QUIET)
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        let Self(presence) = self;
        presence.under_way.set(presence.under_way.get() - 1);
        presence.moved.set(Instant::now());
    }
}

impl Connection {
    pub(crate) fn new(io: TcpStream) -> Self {
        Self { io, presence: Rc::new(Presence::new()), look: Box::pin(sleep(POLL_INTERVAL)) }
    }

    /// Pending as long as the client may let us wait.
    fn wait<T>(&mut self, context: &mut Context<'_>) -> Poll<io::Result<T>> {
        loop {
            if self.presence.is_stalled() {
                return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
            }
            ready!(self.look.as_mut().poll(context));
            self.look.as_mut().reset(Instant::now() + POLL_INTERVAL);
        }
    }
}

impl AsyncRead for Connection {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        match Pin::new(&mut self.io).poll_read(context, buffer) {
            Poll::Pending => self.wait(context),
            // Who sends on and on what nobody asked for has no longer than who sends nothing.
            Poll::Ready(Ok(())) if self.presence.is_stalled() => Poll::Ready(Err(io::ErrorKind::TimedOut.into())),
            outcome => {
                if buffer.filled().len() > before {
                    self.presence.heard();
                }
                outcome
            }
        }
    }
}

impl AsyncWrite for Connection {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        if self.presence.is_unasked() {
            return Poll::Ready(Ok(bytes.len()));
        }
        match Pin::new(&mut self.io).poll_write(context, bytes) {
            Poll::Pending => self.wait(context),
            outcome => {
                self.presence.moved.set(Instant::now());
                outcome
            }
        }
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        pieces: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        if self.presence.is_unasked() {
            return Poll::Ready(Ok(pieces.iter().map(|piece| piece.len()).sum()));
        }
        match Pin::new(&mut self.io).poll_write_vectored(context, pieces) {
            Poll::Pending => self.wait(context),
            outcome => {
                self.presence.moved.set(Instant::now());
                outcome
            }
        }
    }

    fn is_write_vectored(&self) -> bool {
        self.io.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.io).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.io).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt},
        net::TcpListener,
    };

    use super::*;

    async fn pair() -> (TcpStream, Connection) {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let client = TcpStream::connect(listener.local_addr().expect("an address")).await.expect("a connection");
        let (server, _) = listener.accept().await.expect("a connection");
        (client, Connection::new(server))
    }

    #[tokio::test]
    async fn a_connection_on_which_nothing_was_asked_is_told_nothing() {
        let (mut client, mut server) = pair().await;
        server.write_all(b"HTTP/1.1 408 Request Timeout\r\n\r\n").await.expect("written");
        drop(server);
        let mut told = Vec::new();
        client.read_to_end(&mut told).await.expect("an end");
        assert_eq!(told, b"");
    }

    #[tokio::test]
    async fn who_begins_to_ask_and_is_too_slow_is_told_so() {
        let (mut client, mut server) = pair().await;
        client.write_all(b"G").await.expect("written");
        assert_eq!(server.read_u8().await.expect("a byte"), b'G');
        server.write_all(b"HTTP/1.1 408 Request Timeout\r\n\r\n").await.expect("written");
        drop(server);
        let mut told = Vec::new();
        client.read_to_end(&mut told).await.expect("an end");
        assert!(told.starts_with(b"HTTP/1.1 408"));
    }
}
