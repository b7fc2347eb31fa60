//! Open load by k6: requests begin at their time, whether or not those before have ended.

use std::{fs, process::Stdio};

use anyhow::{Context, Result, ensure};
use serde::{Deserialize, Serialize};
use tokio::process::Command;

use crate::{drafts::Kind, install, installation::Installation, say::say};

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Operation {
    /// A fresh draft is filed.
    File,
    /// A citizen's own dossiers are listed.
    Read,
}

/// A steady stream of requests.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Phase {
    /// Its name: a word.
    pub name: &'static str,
    /// What is asked.
    pub operation: Operation,
    /// Requests a second.
    pub rate: u64,
    /// When it begins, in seconds.
    pub start: u64,
    /// How long it goes on, in seconds.
    pub seconds: u64,
}

/// What came of a phase.
#[derive(Clone, Debug, Deserialize)]
pub struct Seen {
    /// Responses, of whatever status.
    pub answers: u64,
    /// Those that were not the one that was hoped for.
    pub failed: u64,
    /// Requests that could not even be sent in time.
    pub dropped: u64,
    /// Median latency from the intended start, in ms.
    pub p50: f64,
    /// 99th percentile of it.
    pub p99: f64,
    /// The number of its first draft.
    #[serde(skip)]
    pub first: u64,
}

impl Phase {
    /// Drafts that it may file: k6 sends a few more than it is asked to, and one that is filed twice is told to nobody twice.
    pub fn drafts(&self) -> u64 {
        if self.operation == Operation::File { self.rate * self.seconds * 21 / 20 + 10 } else { 0 }
    }
}

impl Seen {
    /// Responses that were hoped for.
    pub fn good(&self) -> u64 {
        self.answers - self.failed
    }

    /// A progress line.
    pub fn line(&self, phase: &Phase) -> String {
        let Self { answers, failed, dropped, p50, p99, .. } = self;
        let Phase { name, rate, .. } = phase;
        format!(
            "{name:<8} {rate:>4}/s: {answers} answers, {failed} failed, {dropped} dropped, p50 {p50:.1} ms, p99 {p99:.1} ms"
        )
    }

    /// What went wrong, requests that were not sent included.
    pub fn faults(&self) -> u64 {
        self.failed + self.dropped
    }
}

#[derive(Serialize)]
struct Numbered {
    #[serde(flatten)]
    phase: Phase,
    first: u64,
}

/// Sends the phases to the gateway; drafts are those from `first` on.
///
/// # Errors
/// When k6 fails.
pub async fn run(installation: &Installation, phases: &[Phase], first: u64) -> Result<Vec<Seen>> {
    let mut next = first;
    let phases: Vec<_> = phases
        .iter()
        .map(|phase| {
            let first = next;
            next += phase.drafts();
            Numbered { phase: *phase, first }
        })
        .collect();
    let (script, summary) = (installation.folder.join("open.js"), installation.folder.join("open.json"));
    fs::write(&script, include_str!("open.js"))?;
    let output = Command::new(install::k6().await?)
        .args(["run", "--no-usage-report", "--quiet"])
        .arg(script)
        .env("GATEWAY", &installation.gateway)
        .env("TOKENS", installation.folder.join("tokens"))
        .env("PREFIX", Kind::Spread.prefix())
        .env("PHASES", serde_json::to_string(&phases)?)
        .env("SUMMARY", &summary)
        // Collecting its garbage takes the machine for a tenth of a second each time: longer than what is measured.
        .envs([("GOGC", "off"), ("GOMEMLIMIT", "2GiB")])
        .stdin(Stdio::null())
        .kill_on_drop(true)
        .output()
        .await
        .context("k6 cannot be run")?;
    let words = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "k6 failed: {words}");
    let mut seen: Vec<Seen> = serde_json::from_str(&fs::read_to_string(summary)?)?;
    for (seen, Numbered { phase, first }) in seen.iter_mut().zip(&phases) {
        ensure!(seen.answers > 0, "k6 sent nothing in {}: {words}", phase.name);
        seen.first = *first;
    }
    if let Some(line) = words.lines().find(|line| line.contains("level=error")) {
        say(&format!("    the first fault: {line}"));
    }
    Ok(seen)
}
