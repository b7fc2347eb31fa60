//! Motcua beside PostgreSQL's own benchmark and a peer, in one run on one machine. The README says what is measured and how.

mod audit;
mod bench;
mod data;
mod drafts;
mod figures;
mod growth;
mod hello;
mod install;
mod installation;
mod issuer;
mod k6;
mod kills;
mod logins;
mod money;
mod overload;
mod pages;
mod peer;
mod pgbench;
mod plan;
mod process;
mod reads;
mod recorded;
mod replicas;
mod report;
mod rounds;
mod say;
mod spike;
mod table;
mod wrk;

use std::{path::PathBuf, process::ExitCode};

use anyhow::Result;
use clap::{Parser, Subcommand};

use crate::{installation::Installation, plan::Plan, report::Report};

/// Motcua beside PostgreSQL's own benchmark and a peer.
#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    /// Fewer and shorter rounds over a tenth of the data: shows that everything works, proves little.
    #[arg(long)]
    short: bool,
    /// Writes the figures as JSON too.
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// Only these figures.
    #[arg(long, value_name = "NAME,NAME", value_delimiter = ',')]
    only: Vec<String>,
}

#[derive(Subcommand)]
enum Command {
    /// Responses "hello" at this port: what the HTTP library can do by itself.
    #[command(hide = true)]
    Hello {
        /// The port.
        port: u16,
    },
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let outcome = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .map_err(anyhow::Error::from)
        .and_then(|runtime| runtime.block_on(run(arguments)));
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("bench: {why:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Arguments) -> Result<()> {
    if let Some(Command::Hello { port }) = arguments.command {
        return hello::serve(port).await;
    }
    // A second call in one process would be the only way to fail.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let known = [&figures::all()[..], &money::FIGURES, &kills::FIGURES, &growth::FIGURES].concat();
    let plan = Plan::new(arguments.short, &arguments.only, &known)?;
    let mut report = Report::new(&plan);
    let motcua = install::everything().await?;
    let outcome = measure(&plan, &motcua, &mut report).await;
    if outcome.is_err() {
        say::say("\nVoid, for the reason given last. What was measured until then:");
    }
    report.print();
    outcome?;
    report.write(arguments.json.as_deref())
}

async fn measure(plan: &Plan, motcua: &str, report: &mut Report) -> Result<()> {
    if plan.wants(&figures::all()) {
        Installation::within(motcua, 1, async |installations| figures::run(plan, &installations[0], report).await)
            .await?;
    }
    if plan.wants(&money::FIGURES) {
        Installation::within(motcua, 1, async |installations| money::run(plan, &installations[0], report).await)
            .await?;
    }
    if plan.wants(&kills::FIGURES) {
        Installation::within(motcua, 1, async |installations| kills::run(plan, &mut installations[0], report).await)
            .await?;
    }
    if plan.wants(&growth::FIGURES) {
        Installation::within(motcua, 2, async |installations| growth::run(plan, installations, report).await).await?;
    }
    Ok(())
}
