//! Progress lines: what is being done, and how long it took.

use std::{
    io::{self, IsTerminal, Write},
    time::Instant,
};

use anyhow::Result;

/// Shows a line while `work` goes on, and its duration when it is done. On a terminal the line is rewritten; elsewhere it is
/// written once, at the end.
///
/// # Errors
/// What `work` failed with.
pub async fn stage<T>(what: &str, work: impl Future<Output = Result<T>>) -> Result<T> {
    let started = Instant::now();
    show(&format!("  … {what}"), false);
    let outcome = work.await;
    let mark = if outcome.is_ok() { '✓' } else { '✗' };
    show(&format!("  {mark} {what:<52} {:>6.1} s", started.elapsed().as_secs_f64()), true);
    outcome
}

/// Tells a step within a stage.
pub fn step(what: &str) {
    show(&format!("    … {what}"), !io::stdout().is_terminal());
}

fn show(line: &str, done: bool) {
    let terminal = io::stdout().is_terminal();
    if !terminal && !done {
        return;
    }
    let (begin, end) = (if terminal { "\r\x1b[2K" } else { "" }, if done { "\n" } else { "" });
    say(&format!("{begin}{line}{end}"));
}

/// Tells how far something long has come, apart from what is said in the end.
pub fn tell(what: &str) {
    let _ = writeln!(io::stderr().lock(), "  … {what}");
}

/// Writes to standard output. A reader that went away (`motcua up | head`) is no reason to stop.
pub fn say(text: &str) {
    let mut out = io::stdout().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}
