//! Motcua beside PostgreSQL's own benchmark and a peer, in one run on one machine. The README says what is measured and how.

mod audit;
mod data;
mod drafts;
mod hello;
mod house;
mod issuer;
mod overload;
mod peer;
mod pgbench;
mod plan;
mod process;
mod reads;
mod report;
mod rounds;
mod say;
mod wrk;

use std::{path::PathBuf, process::ExitCode};

use anyhow::{Context, Result, anyhow};
use clap::{Parser, Subcommand};

use crate::{audit::Tally, data::Data, drafts::Drafts, house::House, plan::Plan, report::Report, say::stage};

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
    /// Answers "hello" at this port: what the HTTP library can do by itself.
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
    let plan = Plan::new(arguments.short, &arguments.only)?;
    let mut report = Report::new(&plan);
    let house = House::start().await?;
    let outcome = tokio::select! {
        outcome = measure(&plan, &house, &mut report) => outcome,
        _ = tokio::signal::ctrl_c() => Err(anyhow!("stopped")),
    };
    house.stop().await;
    outcome?;
    report.print();
    report.write(arguments.json.as_deref())
}

async fn measure(plan: &Plan, house: &House, report: &mut Report) -> Result<()> {
    report.machine(&house.versions().await?);
    let data = stage("procedure, agencies, citizens", Data::prepare(house)).await?;
    stage(&format!("{} dossiers of earlier days", plan.base), data.base(house, plan.base)).await?;
    let mut drafts = Drafts::new(data.answers.clone());
    let specimen = stage("a filing over HTTP, for P's values", data.specimen(house, &mut drafts)).await?;
    let mut tally = Tally::begin(plan.base);
    tally.acknowledged(1, 0);
    if plan.wants(&rounds::FIGURES) {
        rounds::run(plan, house, &specimen, &mut drafts, &mut tally, report).await?;
    }
    if plan.wants(&reads::FIGURES) {
        reads::run(plan, house, report).await?;
    }
    report.memory(house)?;
    if plan.wants(&overload::FIGURES) {
        overload::run(plan, house, &specimen, &mut drafts, &mut tally, report).await?;
    }
    let audited = stage("audit of the data", tally.audit(house)).await;
    report.audited(&audited.context("The run is void: the data does not hold what was acknowledged")?);
    Ok(())
}
