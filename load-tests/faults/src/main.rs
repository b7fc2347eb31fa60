//! Nothing lost when things die: the whole installation, real processes, seeded faults, and a model that remembers what was
//! acknowledged. The README says how to run it.

mod cases;
mod check;
mod client;
mod door;
mod fixture;
mod installation;
mod load;
mod parts;
mod people;
mod process;
mod proxy;
mod say;
mod servers;
mod soak;
mod stepped_clock;
mod walk;

use std::{process::ExitCode, time::Instant};

use anyhow::{Result, bail};
use clap::Parser;

use crate::{
    cases::{BY_THE_CLOCK, CASES, Case},
    fixture::Fixture,
    say::say,
};

/// Nothing lost when things die.
#[derive(Parser)]
struct Arguments {
    /// Only these cases.
    #[arg(long, value_name = "NAME,NAME", value_delimiter = ',')]
    case: Vec<String>,
    /// The cases that run on every change.
    #[arg(long, conflicts_with = "case")]
    short: bool,
    /// Injects faults of every kind at random for so many minutes.
    #[arg(long, value_name = "MINUTES", conflicts_with_all = ["case", "short"])]
    soak: Option<u64>,
    /// Takes the time of a thorough run for each case.
    #[arg(long)]
    long: bool,
    /// Decides everything that is left to chance.
    #[arg(long)]
    seed: Option<u64>,
    /// Lists the cases.
    #[arg(long)]
    list: bool,
}

/// How a case went.
struct Row {
    name: &'static str,
    seconds: u64,
    notes: String,
    broken: Option<String>,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let outcome = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(anyhow::Error::from)
        .and_then(|runtime| runtime.block_on(run(arguments)));
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(why) => {
            eprintln!("faults: {why:#}");
            ExitCode::from(2)
        }
    }
}

async fn run(arguments: Arguments) -> Result<bool> {
    if arguments.list {
        for case in CASES {
            say(&format!("{:<22} {} {}", case.name, if case.short { "short" } else { "     " }, case.proves));
        }
        return Ok(true);
    }
    let seed = arguments.seed.unwrap_or_else(|| rand::random_range(1..1_000_000));
    say(&format!("seed {seed}"));
    let begun = Instant::now();
    let rows = match arguments.soak {
        Some(minutes) => vec![soak(seed, minutes).await?],
        None => play(&chosen(&arguments)?, seed, arguments.long).await?,
    };
    table(&rows);
    let broken = rows.iter().filter(|row| row.broken.is_some()).count();
    let (all, seconds) = (rows.len(), begun.elapsed().as_secs());
    say(&match broken {
        0 => format!("seed {seed}: all {all} cases hold, {seconds} s"),
        _ => format!("seed {seed}: {broken} of {all} cases are broken, {seconds} s"),
    });
    Ok(broken == 0)
}

fn chosen(arguments: &Arguments) -> Result<Vec<&'static Case>> {
    if let Some(unknown) = arguments.case.iter().find(|name| CASES.iter().all(|case| case.name != **name)) {
        bail!("There is no case {unknown}; --list says which there are.");
    }
    let wanted = |case: &&Case| match arguments.case.is_empty() {
        true => case.short || !arguments.short,
        false => arguments.case.iter().any(|name| name == case.name),
    };
    Ok(CASES.iter().filter(wanted).collect())
}

/// The cases follow each other in one installation, and in a new one after a case that broke.
async fn play(cases: &[&'static Case], seed: u64, long: bool) -> Result<Vec<Row>> {
    // Better said now than after an hour.
    if cases.iter().any(|case| BY_THE_CLOCK.contains(&case.name)) {
        stepped_clock::library()?;
    }
    let mut rows = Vec::new();
    let mut fixture = None;
    for case in cases {
        let begun = Instant::now();
        say(&format!("▸ {}: {}", case.name, case.proves));
        let mut set = match fixture.take() {
            Some(fixture) => fixture,
            None => Fixture::set(seed, long).await?,
        };
        set.installation.client.sandbox("DELETE", "/mails", None).await?;
        let broken = case.play(&mut set).await.err().map(|why| format!("{why:#}"));
        set.note_longest_wait();
        let row = Row { name: case.name, seconds: begun.elapsed().as_secs(), notes: set.notes.join("; "), broken };
        say(&line(&row));
        set.notes.clear();
        match row.broken {
            None => fixture = Some(set),
            Some(_) => set.installation.stop(true).await,
        }
        rows.push(row);
    }
    if let Some(fixture) = fixture {
        fixture.installation.stop(false).await;
    }
    Ok(rows)
}

async fn soak(seed: u64, minutes: u64) -> Result<Row> {
    let begun = Instant::now();
    let mut fixture = Fixture::set(seed, true).await?;
    let broken = soak::run(&mut fixture, minutes).await.err().map(|why| format!("{why:#}"));
    fixture.note_longest_wait();
    let row = Row { name: "soak", seconds: begun.elapsed().as_secs(), notes: fixture.notes.join("; "), broken };
    fixture.installation.stop(row.broken.is_some()).await;
    Ok(row)
}

fn table(rows: &[Row]) {
    say("");
    for row in rows {
        say(&line(row));
    }
}

fn line(row: &Row) -> String {
    let mark = if row.broken.is_none() { '✓' } else { '✗' };
    let broken = row.broken.as_ref().map(|why| format!("\n      {why}")).unwrap_or_default();
    format!("  {mark} {:<22} {:>4} s  {}{broken}", row.name, row.seconds, row.notes)
}
