//! What is said on standard output: a line that shows where we are, and the results.

use std::io::{self, IsTerminal, Write};

/// Says a line. A reader that went away is no reason to stop.
pub fn say(line: &str) {
    write(&format!("{}{line}\n", if io::stdout().is_terminal() { "\r\x1b[2K" } else { "" }));
}

/// Shows where we are: on a terminal one line that is rewritten, elsewhere a line each.
pub fn show(line: &str) {
    match io::stdout().is_terminal() {
        true => write(&format!("\r\x1b[2K    {line}")),
        false => write(&format!("    {line}\n")),
    }
}

fn write(text: &str) {
    let mut out = io::stdout().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}
