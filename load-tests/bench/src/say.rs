//! What is said on standard output: progress lines with durations, and the tables.

use std::{
    io::{self, Write},
    time::Instant,
};

use anyhow::Result;

/// Does `work`, and says how long it took.
///
/// # Errors
/// What `work` failed with.
pub async fn stage<T>(what: &str, work: impl Future<Output = Result<T>>) -> Result<T> {
    let started = Instant::now();
    let outcome = work.await;
    let mark = if outcome.is_ok() { '✓' } else { '✗' };
    say(&format!("  {mark} {what:<60} {:>7.1} s", started.elapsed().as_secs_f64()));
    outcome
}

/// Says a line. A reader that went away is no reason to stop.
pub fn say(line: &str) {
    let mut out = io::stdout().lock();
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}
