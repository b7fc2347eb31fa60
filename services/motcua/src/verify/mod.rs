//! `verify`: holds everything that is stored against its invariants, of each service and between services.

mod between;
mod report;
mod waiting;

use std::path::PathBuf;

use anyhow::Result;
use futures_util::future::try_join_all;
use runtime::{Finding, Life, Service};

use self::between::BETWEEN;
use crate::{broke::Broke, services, stored::Stored};

/// What to verify, and how to say it.
#[derive(Clone, Debug, clap::Args)]
pub struct Options {
    /// Prints the findings as JSON.
    #[arg(long)]
    json: bool,
    /// Folder of the installation of `motcua up`, running or stopped. `MOTCUA_DATABASE_URL` names another server.
    #[arg(long, default_value = "var", value_name = "DIR")]
    var: PathBuf,
    /// Where the database of a service is, when it is not `motcua_SERVICE` on that server. May be repeated.
    #[arg(long, value_name = "SERVICE=URL")]
    database: Vec<String>,
}

/// One invariant, whose it is, and what breaks it.
#[derive(Clone, Debug)]
pub struct Held {
    /// The service; for an invariant between two, both.
    pub owner: String,
    /// What was found.
    pub finding: Finding,
}

/// Verifies and prints what was found.
///
/// # Errors
/// [`Broke`] when an invariant does not hold; a sentence when that could not be found out.
pub async fn run(options: Options) -> Result<()> {
    let mut stored = Stored::open(&options.var, &options.database).await?;
    let outcome = at(&stored, options.json).await;
    stored.close().await;
    outcome
}

/// As [`run`], for what is at hand.
///
/// # Errors
/// As [`run`].
pub async fn at(stored: &Stored, json: bool) -> Result<()> {
    let held = verify(stored).await?;
    report::print(&held, &waiting::waiting(stored).await?, json)?;
    match held.iter().filter(|held| held.finding.broken > 0).count() {
        0 => Ok(()),
        broken => Err(Broke::because(format!("{broken} of {} invariants do not hold", held.len()))),
    }
}

/// Holds everything that is stored against its invariants.
///
/// # Errors
/// When a database cannot be read.
pub async fn verify(stored: &Stored) -> Result<Vec<Held>> {
    let services: Vec<_> = services().into_iter().filter(Service::migrates).collect();
    let mut held = try_join_all(services.iter().map(|service| own(stored, service))).await?.concat();
    for pair in BETWEEN {
        held.push(pair.hold(stored).await?);
    }
    Ok(held)
}

async fn own(stored: &Stored, service: &Service) -> Result<Vec<Held>> {
    let flags = ["--database-url".to_owned(), stored.database(service.name)?];
    let findings = service.verify(&flags, Life::system()).await?;
    Ok(findings.into_iter().map(|finding| Held { owner: service.name.to_owned(), finding }).collect())
}
