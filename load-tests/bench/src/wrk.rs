//! Load over HTTP by wrk: each connection sends its next request when it has the answer to the last one, at once or after a pause.

use std::{fs, process::Stdio, time::Duration};

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use tokio::process::Command;

use crate::{drafts::Kind, house::House};

/// What wrk counted.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Answers {
    /// Answers, of whatever status.
    pub answers: u64,
    /// How long it went on, in µs.
    pub micros: u64,
    /// Answers with a status from 400.
    pub status: u64,
    /// Connections refused or broken, and answers that took longer than two seconds.
    pub socket: u64,
    /// 503, when they were counted.
    pub refused: u64,
    /// 503 with `Retry-After`, when they were counted.
    pub told: u64,
    /// Neither 201 nor 503, when they were counted.
    pub others: u64,
    /// Median latency, in µs.
    pub p50: u64,
    /// 99th percentile of latency, in µs.
    pub p99: u64,
    /// The number of the first draft that was not asked for.
    pub next: u64,
}

impl Answers {
    /// Answers that acknowledge.
    pub fn good(&self) -> u64 {
        self.answers - self.status
    }

    /// Nothing but acknowledgements.
    ///
    /// # Errors
    /// When there was anything else: the load is void.
    pub fn all_good(self) -> Result<Self> {
        ensure!(self.status == 0 && self.socket == 0, "answers other than 2xx: {self:?}");
        Ok(self)
    }
}

/// Files drafts from `first` on; when `open`, each connection about once a second.
///
/// # Errors
/// When wrk fails.
pub async fn file(
    house: &House,
    address: &str,
    kind: Kind,
    first: u64,
    connections: u32,
    load: Duration,
    open: bool,
) -> Result<Answers> {
    let tokens = house.folder.join("tokens").display().to_string();
    let open = if open { "open" } else { "" };
    let arguments = [&first.to_string(), kind.prefix(), &tokens, open];
    run(house, include_str!("file.lua"), address, connections, load, &[], &arguments).await
}

/// Reads one address, with these headers.
///
/// # Errors
/// When wrk fails, or any answer was not good.
pub async fn read(house: &House, url: &str, connections: u32, load: Duration, headers: &[String]) -> Result<Answers> {
    run(house, include_str!("read.lua"), url, connections, load, headers, &[]).await?.all_good()
}

async fn run(
    house: &House,
    script: &str,
    url: &str,
    connections: u32,
    load: Duration,
    headers: &[String],
    arguments: &[&str],
) -> Result<Answers> {
    let path = house.folder.join("load.lua");
    fs::write(&path, script)?;
    let mut command = Command::new("wrk");
    command.args(["-t2", &format!("-c{connections}"), &format!("-d{}s", load.as_secs()), "-s"]).arg(path);
    for header in headers {
        command.args(["-H", header]);
    }
    command.arg(url).arg("--").args(arguments).stdin(Stdio::null()).kill_on_drop(true);
    let output = command.output().await.context("wrk cannot be run")?;
    let text = String::from_utf8_lossy(&output.stdout);
    let result = text.lines().find_map(|line| line.strip_prefix("RESULT "));
    let result = result.with_context(|| format!("wrk failed: {text}{}", String::from_utf8_lossy(&output.stderr)))?;
    Ok(serde_json::from_str(result)?)
}
