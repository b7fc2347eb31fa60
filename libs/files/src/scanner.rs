//! A malware scanner that looks at every file before it is kept: clamd, by its INSTREAM command.

use std::{path::PathBuf, str::FromStr, time::Duration};

use anyhow::{Result, bail, ensure};
use edge::{Problem, kinds};
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::{TcpStream, UnixStream},
    time::timeout,
};

use crate::refusal::INFECTED;

/// A scanner that needs longer for a file is taken for one that does not answer.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(25);
/// Bytes of a file sent at once.
const CHUNK: usize = 64 * 1024;
/// Longer than any answer.
const LONGEST_ANSWER: u64 = 1024;

/// Where clamd listens: `host:port`, or the path of its socket. Its `StreamMaxLength`, `MaxFileSize` and `MaxScanSize` must not be
/// lower than what a file may have: it calls clean what it did not look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scanner {
    /// At an address.
    Address(String),
    /// At a socket.
    Socket(PathBuf),
}

impl FromStr for Scanner {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> Result<Self> {
        if text.starts_with('/') {
            return Ok(Self::Socket(text.into()));
        }
        match text.rsplit_once(':') {
            Some((host, port)) if !host.is_empty() && port.parse::<u16>().is_ok() => Ok(Self::Address(text.to_owned())),
            _ => bail!("it is neither host:port nor the path of a socket"),
        }
    }
}

impl Scanner {
    /// Has the scanner look at a file.
    ///
    /// # Errors
    /// 422 when it found something; 503 when it does not say that it found nothing.
    pub(crate) async fn look_at(&self, file: &[u8]) -> Result<(), Problem> {
        let answer = timeout(ANSWER_TIMEOUT, self.ask(file)).await;
        match answer.map_err(anyhow::Error::from).flatten() {
            Ok(answer) if answer == "stream: OK" => Ok(()),
            Ok(answer) if answer.ends_with(" FOUND") => {
                tracing::warn!(answer, "the malware scanner stopped a file");
                Err(INFECTED.into())
            }
            Ok(answer) => unsure(&anyhow::anyhow!("it answered {answer:?}")),
            Err(why) => unsure(&why),
        }
    }

    async fn ask(&self, file: &[u8]) -> Result<String> {
        match self {
            Self::Address(address) => converse(TcpStream::connect(address).await?, file).await,
            Self::Socket(path) => converse(UnixStream::connect(path).await?, file).await,
        }
    }
}

async fn converse(mut clamd: impl AsyncRead + AsyncWrite + Unpin, file: &[u8]) -> Result<String> {
    // It may answer and stop listening before it has everything; then the answer says why.
    let sent = send(&mut clamd, file).await;
    let mut answer = Vec::new();
    let read = clamd.take(LONGEST_ANSWER).read_to_end(&mut answer).await;
    if answer.is_empty() {
        sent?;
        read?;
    }
    ensure!(!answer.is_empty(), "it hung up without an answer");
    Ok(String::from_utf8_lossy(&answer).trim_end_matches(['\0', '\n']).to_owned())
}

async fn send(clamd: &mut (impl AsyncWrite + Unpin), file: &[u8]) -> Result<()> {
    clamd.write_all(b"zINSTREAM\0").await?;
    for chunk in file.chunks(CHUNK) {
        clamd.write_all(&u32::try_from(chunk.len())?.to_be_bytes()).await?;
        clamd.write_all(chunk).await?;
    }
    clamd.write_all(&0u32.to_be_bytes()).await?;
    Ok(clamd.flush().await?)
}

fn unsure(why: &anyhow::Error) -> Result<(), Problem> {
    tracing::error!(why = %format!("{why:#}"), "the malware scanner does not say whether a file is clean: it is refused");
    Err(kinds::UNAVAILABLE.into())
}
