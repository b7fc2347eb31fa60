//! A TCP proxy that spoils the line it carries: delay, cuts, half-open connections, single bytes, a black hole.

use std::{io, net::SocketAddr, time::Duration};

use anyhow::Result;
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::watch,
    task::JoinHandle,
    time::sleep,
};

/// How the line is. The default carries everything at once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// Every piece of data waits this long.
    pub delay: Duration,
    /// Data comes in pieces of this many bytes; 0 as it was sent.
    pub slice: usize,
    /// Nothing comes through until the line is well again; nobody is told.
    pub black_hole: bool,
    /// New connections are reset.
    pub refuse: bool,
    /// Connections there are lose their other end without being told; new ones are taken and never answered.
    pub half_open: bool,
    /// Raised by one, it resets every connection there is.
    pub cuts: u64,
}

/// A line to one server, through which all services reach it.
pub struct Proxy {
    /// Where it listens on 127.0.0.1.
    pub port: u16,
    line: watch::Sender<Line>,
    task: JoinHandle<()>,
}

impl Proxy {
    /// Begins to carry connections to `target`.
    ///
    /// # Errors
    /// When there is no port.
    pub async fn start(target: SocketAddr) -> Result<Self> {
        let port = provision::free_port()?;
        let listener = TcpListener::bind(("127.0.0.1", port)).await?;
        let (line, watched) = watch::channel(Line::default());
        let task = tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let mut watched = watched.clone();
                tokio::spawn(async move {
                    // A connection that breaks is the purpose of this.
                    let _ = carry(client, target, &mut watched).await;
                });
            }
        });
        Ok(Self { port, line, task })
    }

    /// Spoils the line, or mends it with `Line::default()`; what was cut stays cut.
    pub fn set(&self, line: Line) {
        self.line.send_modify(|now| *now = Line { cuts: now.cuts, ..line });
    }

    /// Resets every connection.
    pub fn cut(&self) {
        self.line.send_modify(|line| line.cuts += 1);
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn carry(client: TcpStream, target: SocketAddr, line: &mut watch::Receiver<Line>) -> io::Result<()> {
    let born = *line.borrow_and_update();
    // A connection closed with linger 0 is reset.
    client.set_zero_linger()?;
    client.set_nodelay(true)?;
    if born.refuse {
        return Ok(());
    }
    if born.half_open {
        return hold(client).await;
    }
    let server = TcpStream::connect(target).await?;
    server.set_zero_linger()?;
    server.set_nodelay(true)?;
    let (mut from_client, mut to_client) = client.into_split();
    let (mut from_server, mut to_server) = server.into_split();
    let mut there = line.clone();
    let mut back = line.clone();
    let ended = tokio::select! {
        () = async { tokio::join!(
            pump(&mut from_client, &mut to_server, &mut there),
            pump(&mut from_server, &mut to_client, &mut back),
        ); } => false,
        half_open = broken(line, born.cuts) => half_open,
    };
    if ended {
        drop((from_server, to_server));
        if let Ok(client) = from_client.reunite(to_client) {
            return hold(client).await;
        }
    }
    Ok(())
}

/// Resolves when connections break: with whether they stay open at this end.
async fn broken(line: &mut watch::Receiver<Line>, cuts: u64) -> bool {
    match line.wait_for(|line| line.half_open || line.cuts != cuts).await {
        Ok(line) => line.half_open,
        Err(_) => false,
    }
}

/// Takes what comes and never answers.
async fn hold(mut client: TcpStream) -> io::Result<()> {
    let mut buffer = [0; 4096];
    while client.read(&mut buffer).await? > 0 {}
    Ok(())
}

async fn pump(
    from: &mut (impl AsyncRead + Unpin),
    to: &mut (impl AsyncWrite + Unpin),
    line: &mut watch::Receiver<Line>,
) {
    let mut buffer = vec![0; 64 * 1024];
    while let Ok(count) = from.read(&mut buffer).await
        && count > 0
    {
        let Ok(now) = line.wait_for(|line| !line.black_hole).await.map(|line| *line) else { break };
        sleep(now.delay).await;
        let slice = if now.slice == 0 { count } else { now.slice };
        for piece in buffer[..count].chunks(slice) {
            if to.write_all(piece).await.is_err() {
                return;
            }
            // Without a pause the pieces would be sent as one.
            if now.slice > 0 {
                tokio::task::yield_now().await;
            }
        }
    }
    let _ = to.shutdown().await;
}
