//! What was found, for a person or a program.

use anyhow::Result;
use serde_json::json;

use super::{Held, waiting::Waiting};
use crate::progress::say;

/// Prints a line for each invariant with the rows that break it, what waits and, last, a summary; or all of it as JSON.
///
/// # Errors
/// When it cannot be written as JSON, which it can.
pub fn print(held: &[Held], waiting: &[Waiting], as_json: bool) -> Result<()> {
    let broken: Vec<_> = held.iter().filter(|held| held.finding.broken > 0).collect();
    if as_json {
        let one = |Held { owner, finding }: &Held| {
            json!({"of": owner, "invariant": finding.name, "promise": finding.promise, "broken": finding.broken,
                "rows": finding.rows})
        };
        let all: Vec<_> = held.iter().map(one).collect();
        say(&format!("{:#}\n", json!({"sound": broken.is_empty(), "invariants": all, "waiting": waiting})));
        return Ok(());
    }
    for Held { owner, finding } in held {
        let mark = if finding.broken == 0 { '✓' } else { '✗' };
        say(&format!("  {mark} {owner:<29} {}\n", finding.name));
    }
    for Held { owner, finding } in &broken {
        say(&format!("\n{owner}: {}: {} break it.\n  {}\n", finding.name, finding.broken, finding.promise));
        for row in &finding.rows {
            say(&format!("    {row}\n"));
        }
        if let Some(more) = finding.broken.checked_sub(finding.rows.len() as u64).filter(|more| *more > 0) {
            say(&format!("    and {more} more\n"));
        }
    }
    if !waiting.is_empty() {
        say("\nWhat waits:\n");
    }
    for one in waiting {
        say(&format!("  {}\n", one.line()));
    }
    say(&match broken.len() {
        0 => format!("\nAll {} invariants hold.\n", held.len()),
        some => format!("\n{some} of {} invariants do not hold.\n", held.len()),
    });
    Ok(())
}
