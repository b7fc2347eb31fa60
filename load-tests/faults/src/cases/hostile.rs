//! Bodies that mean harm.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use futures_util::future::try_join_all;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::{sleep, timeout},
};

use crate::{check::Tolerance, fixture::Fixture, load::Load};

/// A refusal that takes longer costs something.
const REFUSAL_TIMEOUT: Duration = Duration::from_secs(15);
/// Memory that a few walks may add to a gateway.
const GROWTH: f64 = 40.0;
const PATHS: [&str; 3] = ["/api/v1/sessions", "/api/v1/registrations", "/api/v1/tracking"];

pub async fn bodies(fixture: &mut Fixture) -> Result<()> {
    fixture
        .under_load(Tolerance::default(), async |fixture: &mut Fixture, _: &Load| {
            let before = memory(fixture)?;
            let rounds = if fixture.long { 10 } else { 1 };
            let mut sent = 0;
            for _ in 0..rounds {
                for path in PATHS {
                    for (what, head, body) in harmful() {
                        let status = ask(fixture.installation.ports["gateway"], path, &head, &body).await;
                        let status = status.with_context(|| format!("{what} to {path}"))?;
                        ensure!((400..500).contains(&status), "{what} to {path} was answered {status}");
                        sent += 1;
                    }
                }
                let port = fixture.installation.ports["gateway"];
                try_join_all(PATHS.map(|path| endless(port, path))).await?;
            }
            let after = memory(fixture)?;
            ensure!(after < before + GROWTH, "the gateway grew from {before:.0} to {after:.0} MB");
            fixture.notes.push(format!("{sent} refused; gateway {before:.0} to {after:.0} MB"));
            Ok(())
        })
        .await
}

fn memory(fixture: &mut Fixture) -> Result<f64> {
    Ok(fixture.installation.running("gateway serve")?.memory())
}

/// What it is, further headers, and the body.
fn harmful() -> Vec<(&'static str, String, Vec<u8>)> {
    let json = |body: String| ("content-type: application/json\r\n".to_owned(), body.into_bytes());
    let texts = [
        ("a deep array", "[".repeat(10_000) + &"]".repeat(10_000)),
        ("a deep object", r#"{"a":"#.repeat(10_000) + "1" + &"}".repeat(10_000)),
        ("half an object", r#"{"email": "a"#.to_owned()),
        ("a name twice", r#"{"email": "a@b.vn", "email": "c@d.vn", "password": "x"}"#.to_owned()),
        ("not a number", r#"{"email": NaN}"#.to_owned()),
        ("too large a number", r#"{"email": 1e999}"#.to_owned()),
        ("half a character", r#"{"email": "\ud800", "password": "\udfff"}"#.to_owned()),
        ("NUL", r#"{"email": "a\u0000@b.vn", "password": "\u0000"}"#.to_owned()),
        ("a byte order mark", "\u{feff}{\"email\": \"a@b.vn\"}".to_owned()),
        ("a name unknown", r#"{"is_admin": true}"#.to_owned()),
        ("300 KB of text", format!("{{\"email\": \"{}\"}}", "a".repeat(300_000))),
    ];
    let mut all: Vec<_> = texts.into_iter().map(|(what, text)| (what, json(text))).collect();
    all.push(("no UTF-8", ("content-type: application/json\r\n".into(), b"{\"email\": \"\xff\xfe\"}".to_vec())));
    let utf16 = "{\"email\": \"a@b.vn\"}".encode_utf16().flat_map(u16::to_le_bytes).collect();
    all.push(("UTF-16", ("content-type: application/json; charset=utf-16\r\n".into(), utf16)));
    let bomb = ("content-type: application/json\r\ncontent-encoding: gzip\r\n".to_owned(), BOMB.to_vec());
    all.push(("a compressed bomb", bomb));
    let mut all: Vec<_> = all
        .into_iter()
        .map(|(what, (head, body))| (what, format!("{head}content-length: {}\r\n", body.len()), body))
        .collect();
    all.push(("a gigabyte", "content-type: application/json\r\ncontent-length: 1073741824\r\n".into(), Vec::new()));
    all
}

/// A gzip member whose contents are never looked at: compressed bodies are not taken at all.
const BOMB: &[u8] =
    b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\xed\xc1\x01\x0d\x00\x00\x00\xc2\xa0\xf7Om\x0e7\xa0\x00\x00\x00";

async fn ask(port: u16, path: &str, head: &str, body: &[u8]) -> Result<u16> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await?;
    let head = format!("POST {path} HTTP/1.1\r\nhost: motcua\r\nidempotency-key: \"harm\"\r\n{head}\r\n");
    stream.write_all(head.as_bytes()).await?;
    // It may be refused before all of it is sent.
    let _ = stream.write_all(body).await;
    status(&mut stream).await
}

async fn endless(port: u16, path: &str) -> Result<()> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await?;
    let head = "content-type: application/json\r\ntransfer-encoding: chunked\r\nidempotency-key: \"harm\"\r\n\r\n";
    stream.write_all(format!("POST {path} HTTP/1.1\r\nhost: motcua\r\n{head}").as_bytes()).await?;
    let chunk = [b"10000\r\n".as_slice(), &[b'a'; 65_536], b"\r\n"].concat();
    let begun = Instant::now();
    while timeout(REFUSAL_TIMEOUT, stream.write_all(&chunk)).await.is_ok_and(|written| written.is_ok()) {
        ensure!(
            begun.elapsed() < REFUSAL_TIMEOUT,
            "an endless body to {path} is still taken after {:?}",
            begun.elapsed()
        );
        sleep(Duration::from_millis(2)).await;
    }
    Ok(())
}

async fn status(stream: &mut TcpStream) -> Result<u16> {
    let mut answer = [0; 32];
    let read = timeout(REFUSAL_TIMEOUT, stream.read(&mut answer)).await.context("no answer in 15 s")??;
    let text = String::from_utf8_lossy(&answer[..read]).into_owned();
    text.split(' ').nth(1).and_then(|status| status.parse().ok()).with_context(|| format!("an answer: {text:?}"))
}
