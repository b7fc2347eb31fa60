//! Clients that stall, drip and hoard connections.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use futures_util::future::{join_all, try_join_all};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::{sleep, timeout},
};

use crate::{check::Tolerance, client::Ask, fixture::Fixture, load::Load, say::show};

/// As long as a connection may stand on which the client lets us wait.
const SOON: Duration = Duration::from_secs(15);
/// Connections that say nothing.
const IDLE: usize = 5_000;
const GOOD: &str = "GET /api/v1/procedures HTTP/1.1\r\nhost: motcua\r\n\r\n";
const BODY: &str =
    "POST /api/v1/sessions HTTP/1.1\r\nhost: motcua\r\ncontent-type: application/json\r\ncontent-length: 200\r\n\r\n{";

pub async fn clients(fixture: &mut Fixture) -> Result<()> {
    fixture
        .under_load(Tolerance::default(), async |fixture: &mut Fixture, load: &Load| {
            let port = fixture.installation.ports["gateway"];
            let before = p99(fixture).await?;
            show("stalled heads and bodies, dripped bodies, answers not taken");
            let (stalled, dripped, unread) = (
                try_join_all([
                    stall(port, "a first head", "", "GET /api/v1/procedures HT"),
                    stall(port, "a second head", GOOD, "GET /api/v1/procedures HTTP/1.1\r\nho"),
                    stall(port, "a body", "", BODY),
                    stall(port, "a second body", GOOD, BODY),
                    stall(port, "nothing after an answer", GOOD, ""),
                ]),
                drip(port),
                unread(port),
            );
            tokio::try_join!(stalled, dripped, unread)?;
            show("5,000 connections that say nothing");
            let begun = Instant::now();
            let idle = join_all((0..IDLE).map(|_| TcpStream::connect(("127.0.0.1", port)))).await;
            let mut idle = idle.into_iter().collect::<Result<Vec<_>, _>>().context("5,000 connections")?;
            let during = p99(fixture).await?;
            for stream in &mut idle {
                let left = (SOON + Duration::from_secs(3)).saturating_sub(begun.elapsed());
                let mut rest = Vec::new();
                let closed = timeout(left, stream.read_to_end(&mut rest)).await;
                ensure!(closed.is_ok(), "an idle connection stands after {:?}", begun.elapsed());
            }
            drop(idle);
            load.go_on_for(Duration::from_secs(1)).await?;
            fixture.notes.push(format!(
                "p99 {} ms, beside {IDLE} idle connections {} ms",
                before.as_millis(),
                during.as_millis()
            ));
            ensure!(during < 2 * before + Duration::from_millis(50), "p99 went from {before:?} to {during:?}");
            Ok(())
        })
        .await
}

/// Of two hundred readers that come one after the other, the slowest but one.
async fn p99(fixture: &Fixture) -> Result<Duration> {
    let mut times = Vec::new();
    for _ in 0..200 {
        let begun = Instant::now();
        let answer = fixture.installation.client.once(&Ask::get("/api/v1/procedures")).await?;
        ensure!(answer.status == 200, "{}", answer.said());
        times.push(begun.elapsed());
    }
    times.sort();
    Ok(times[197])
}

/// Says `first`, takes the answer, says `then` and nothing more: the gateway closes.
async fn stall(port: u16, what: &str, first: &str, then: &str) -> Result<()> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await?;
    if !first.is_empty() {
        stream.write_all(first.as_bytes()).await?;
        let mut answer = [0; 65_536];
        timeout(SOON, stream.read(&mut answer)).await.with_context(|| format!("{what}: no answer"))??;
    }
    stream.write_all(then.as_bytes()).await?;
    let mut rest = Vec::new();
    let closed = timeout(SOON, stream.read_to_end(&mut rest)).await;
    ensure!(closed.is_ok(), "{what}, stalled, stands after {SOON:?}");
    Ok(())
}

/// A byte of a body every half second.
async fn drip(port: u16) -> Result<()> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await?;
    stream.write_all(BODY.as_bytes()).await?;
    let begun = Instant::now();
    let mut answer = [0; 4096];
    loop {
        match timeout(Duration::from_millis(500), stream.read(&mut answer)).await {
            Ok(Ok(0) | Err(_)) => return Ok(()),
            Ok(Ok(_)) => {}
            Err(_) if stream.write_all(b"a").await.is_err() => return Ok(()),
            Err(_) => {}
        }
        ensure!(begun.elapsed() < SOON, "a dripped body is listened to after {SOON:?}");
    }
}

/// Asks for more than the buffers hold and takes nothing.
async fn unread(port: u16) -> Result<()> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await?;
    let ask = "GET /openapi.json HTTP/1.1\r\nhost: motcua\r\n\r\n".repeat(20);
    let begun = Instant::now();
    while timeout(Duration::from_secs(1), stream.write_all(ask.as_bytes())).await.is_ok_and(|sent| sent.is_ok()) {
        ensure!(begun.elapsed() < SOON, "answers that nobody takes are given for ever");
    }
    let stuck = Instant::now();
    while stream.write_all(b"G").await.is_ok() {
        ensure!(
            stuck.elapsed() < SOON + Duration::from_secs(3),
            "whoever takes no answer stands after {:?}",
            stuck.elapsed()
        );
        sleep(Duration::from_millis(200)).await;
    }
    Ok(())
}
