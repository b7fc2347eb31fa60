//! A client that says every byte itself.

use std::time::Duration;

use serde_json::Value;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};

/// Longer than any answer takes.
const LONG: Duration = Duration::from_secs(20);

/// A connection to the gateway.
pub struct RawClient(TcpStream);

/// What came back.
pub struct RawAnswer {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl RawClient {
    /// Connects to `base`.
    pub async fn connect(base: &str) -> Self {
        let address = base.trim_start_matches("http://");
        Self(TcpStream::connect(address).await.expect("the gateway listens"))
    }

    /// Sends `bytes`; a gateway that has hung up does not hear them.
    pub async fn say(&mut self, bytes: impl AsRef<[u8]>) {
        let _ = self.0.write_all(bytes.as_ref()).await;
    }

    /// Reads until `text` came, and gives everything so far.
    pub async fn until(&mut self, text: &str) -> String {
        let mut seen = Vec::new();
        let reading = async {
            while !seen.windows(text.len()).any(|window| window == text.as_bytes()) {
                let mut buffer = [0; 4096];
                let read = self.0.read(&mut buffer).await.unwrap_or(0);
                assert!(read > 0, "closed before {text:?}: {:?}", String::from_utf8_lossy(&seen));
                seen.extend_from_slice(&buffer[..read]);
            }
        };
        timeout(LONG, reading).await.unwrap_or_else(|_| panic!("no {text:?} came"));
        String::from_utf8_lossy(&seen).into_owned()
    }

    /// Reads one answer with a `content-length` (or none at all).
    pub async fn answer(&mut self) -> RawAnswer {
        let seen = self.until("\r\n\r\n").await;
        let (head, body) = seen.split_once("\r\n\r\n").expect("a head");
        let mut lengths = head
            .lines()
            .filter_map(|line| line.to_ascii_lowercase().strip_prefix("content-length: ").map(str::to_owned));
        let length = lengths.next_back().map_or(0, |length| length.parse::<usize>().expect("a length"));
        let mut body = body.as_bytes().to_vec();
        while body.len() < length {
            let mut buffer = [0; 4096];
            let read = timeout(LONG, self.0.read(&mut buffer)).await.expect("a body").unwrap_or(0);
            assert!(read > 0, "the body ends early");
            body.extend_from_slice(&buffer[..read]);
        }
        let status = head.get(9..12).and_then(|status| status.parse().ok()).expect("a status");
        RawAnswer { status, head: head.to_owned(), body: String::from_utf8_lossy(&body).into_owned() }
    }

    /// Sends a byte a while after the one before; false when the gateway has closed.
    pub async fn drip(&mut self) -> bool {
        let mut buffer = [0; 1024];
        // Whatever the gateway says meanwhile is no reason to go on.
        match timeout(Duration::from_millis(200), self.0.read(&mut buffer)).await {
            Ok(read) => read.is_ok_and(|read| read > 0),
            Err(_) => self.0.write_all(b"a").await.is_ok(),
        }
    }

    /// Sends, and reads nothing; false when the gateway takes no more for a while, or has closed.
    pub async fn push(&mut self, bytes: &str) -> bool {
        timeout(Duration::from_secs(1), self.0.write_all(bytes.as_bytes())).await.is_ok_and(|sent| sent.is_ok())
    }

    /// Whether the gateway resets the connection instead of waiting for us to read.
    pub async fn is_cut_off(&mut self) -> bool {
        let reset = async {
            while self.0.write_all(b"G").await.is_ok() {
                tokio::time::sleep(Duration::from_millis(200)).await;
            }
        };
        timeout(LONG, reset).await.is_ok()
    }

    /// Reads until the gateway closes.
    pub async fn closed(&mut self) -> String {
        let mut rest = Vec::new();
        let _ = timeout(LONG, self.0.read_to_end(&mut rest)).await.expect("the gateway closes");
        String::from_utf8_lossy(&rest).into_owned()
    }
}

impl RawAnswer {
    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or(Value::Null)
    }
}
