//! Load over HTTP by wrk: each connection sends its next request when it has the answer to the last one, at once or after a pause.

use std::{fs, process::Stdio, time::Duration};

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use tokio::process::Command;

use crate::{drafts::Kind, installation::Installation, report::Sample};

/// What a connection does when it has an answer.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// Files the next draft at once. Nothing but acknowledgements is expected.
    Closed,
    /// Waits for one to one and a half seconds, as `Retry-After: 1` asks after a refusal.
    Heeding,
    /// Files the next draft at once, also after a refusal.
    Hammering,
}

/// Filings over HTTP.
pub struct Filing<'a> {
    /// Of whom they are asked.
    pub address: &'a str,
    /// Which drafts.
    pub kind: Kind,
    /// Connections.
    pub connections: u32,
    /// How long.
    pub load: Duration,
    /// What they do when they have an answer.
    pub manner: Manner,
}

/// What wrk counted.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Responses {
    /// Responses, of whatever status.
    pub answers: u64,
    /// How long it went on, in µs.
    pub micros: u64,
    /// Responses with a status from 400.
    pub status: u64,
    /// Connections refused or broken, and answers that took longer than two seconds.
    pub socket: u64,
    /// 503 and 429, when they were counted.
    #[serde(default)]
    pub refused: u64,
    /// Those with `Retry-After`.
    #[serde(default)]
    pub told: u64,
    /// Neither 201 nor a refusal, when they were counted.
    #[serde(default)]
    pub others: u64,
    /// Median latency, in µs.
    pub p50: u64,
    /// 99th percentile of latency, in µs.
    pub p99: u64,
    /// The number of the first draft that was not asked for.
    #[serde(default)]
    pub next: u64,
}

impl Responses {
    /// Responses that acknowledge.
    pub fn good(&self) -> u64 {
        self.answers - self.status
    }

    /// So many, a second.
    pub fn a_second(&self, count: u64) -> f64 {
        count as f64 * 1e6 / self.micros as f64
    }

    /// What was acknowledged, between two readings of the CPU clocks.
    pub fn sample(&self, before: &[(&'static str, u64)], after: &[(&'static str, u64)]) -> Sample {
        let note = format!("p50 {:.1} ms, p99 {:.1} ms", self.p50 as f64 / 1e3, self.p99 as f64 / 1e3);
        Sample::new(self.a_second(self.good()), self.good(), before, after, &note)
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

/// Files drafts from `first` on.
///
/// # Errors
/// When wrk fails.
pub async fn file(installation: &Installation, filing: &Filing<'_>, first: u64) -> Result<Responses> {
    let tokens = installation.folder.join("tokens").display().to_string();
    let manner = match filing.manner {
        Manner::Closed => "",
        Manner::Heeding => "heed",
        Manner::Hammering => "hammer",
    };
    let Filing { address, kind, connections, load, .. } = *filing;
    let arguments = [&first.to_string(), kind.prefix(), &tokens, manner];
    run(installation, &[include_str!("file.lua")], address, connections, load, &[], &arguments).await
}

/// Reads what `script` asks for.
///
/// # Errors
/// When wrk fails, or any answer was not good.
pub async fn ask(
    installation: &Installation,
    script: &str,
    connections: u32,
    load: Duration,
    arguments: &[&str],
) -> Result<Responses> {
    let script = [include_str!("read.lua"), script];
    run(installation, &script, &installation.submissions, connections, load, &[], arguments).await?.all_good()
}

/// Pays orders as `pay.lua` says.
///
/// # Errors
/// When wrk fails, or any answer was anything but an acknowledgement.
pub async fn pay(
    installation: &Installation,
    url: &str,
    connections: u32,
    load: Duration,
    arguments: &[&str],
) -> Result<Responses> {
    let paid =
        run(installation, &[include_str!("pay.lua")], url, connections, load, &[], arguments).await?.all_good()?;
    ensure!(paid.others == 0, "payments that were not acknowledged: {paid:?}");
    Ok(paid)
}

/// Reads one address, with these headers.
///
/// # Errors
/// When wrk fails, or any answer was not good.
pub async fn read(
    installation: &Installation,
    url: &str,
    connections: u32,
    load: Duration,
    headers: &[String],
) -> Result<Responses> {
    run(installation, &[include_str!("read.lua")], url, connections, load, headers, &[]).await?.all_good()
}

async fn run(
    installation: &Installation,
    script: &[&str],
    url: &str,
    connections: u32,
    load: Duration,
    headers: &[String],
    arguments: &[&str],
) -> Result<Responses> {
    let path = installation.folder.join("load.lua");
    fs::write(&path, script.concat())?;
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
