//! `verify`: holds everything that is stored against its invariants, of each service, between services, and of files.

mod between;
mod files;
mod report;
mod waiting;

use std::path::PathBuf;

use ::files::{KeySettings, Keys};
use anyhow::Result;
use futures_util::future::try_join_all;
use runtime::{Finding, Life, Service};

use self::{
    between::{BETWEEN, Databases},
    waiting::Waiting,
};
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
    /// Folder of papers and results, when it is not `documents` in the installation's folder.
    #[arg(long, env = "MOTCUA_DOCUMENTS_DIR", value_name = "DIR")]
    documents_dir: Option<PathBuf>,
    #[command(flatten)]
    file_keys: KeySettings,
    /// Leaves out the files of papers and results, which are read from the first byte to the last.
    #[arg(long)]
    without_files: bool,
}

/// Where papers and results are, and the keys that they may be encrypted with.
#[derive(Clone)]
pub struct Documents {
    /// Their folder.
    pub folder: PathBuf,
    /// The keys.
    pub keys: Keys,
}

/// What was found of everything that is stored.
#[derive(Clone, Debug, Default)]
pub struct Verified {
    /// The invariants.
    pub held: Vec<Held>,
    /// What waits.
    pub waiting: Vec<Waiting>,
    /// What breaks none and should be known, a sentence each.
    pub remarks: Vec<String>,
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
    let folder = options.documents_dir.unwrap_or_else(|| options.var.join("documents"));
    let documents = Documents { folder, keys: options.file_keys.keys()? };
    let mut stored = Stored::open(&options.var, &options.database).await?;
    let outcome = at(&stored, (!options.without_files).then_some(&documents), options.json).await;
    stored.close().await;
    outcome
}

/// As [`run`], for what is at hand; without files when it is not said where they are.
///
/// # Errors
/// As [`run`].
pub async fn at(stored: &Stored, documents: Option<&Documents>, json: bool) -> Result<()> {
    let verified = verify(stored, documents).await?;
    report::print(&verified, json)?;
    let held = &verified.held;
    match held.iter().filter(|held| held.finding.broken > 0).count() {
        0 => Ok(()),
        broken => Err(Broke::because(format!("{broken} of {} invariants do not hold", held.len()))),
    }
}

/// Holds everything that is stored against its invariants; files when it is said where they are.
///
/// # Errors
/// When a database or a file cannot be read.
pub async fn verify(stored: &Stored, documents: Option<&Documents>) -> Result<Verified> {
    let services: Vec<_> = services().into_iter().filter(Service::migrates).collect();
    let mut held = try_join_all(services.iter().map(|service| own(stored, service))).await?.concat();
    let mut databases = Databases::of(stored);
    for pair in BETWEEN {
        held.push(pair.hold(&mut databases).await?);
    }
    let mut verified = Verified { held, waiting: waiting::waiting(stored).await?, remarks: Vec::new() };
    if let Some(documents) = documents {
        files::verify(stored, documents, &mut verified).await?;
    }
    Ok(verified)
}

async fn own(stored: &Stored, service: &Service) -> Result<Vec<Held>> {
    let flags = ["--database-url".to_owned(), stored.database(service.name)?];
    let findings = service.verify(&flags, Life::system()).await?;
    Ok(findings.into_iter().map(|finding| Held { owner: service.name.to_owned(), finding }).collect())
}
