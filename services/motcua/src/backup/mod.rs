//! `backup`: an installation of `motcua up` copied, and its log kept from then on, so that `restore` can go back to any moment.

mod copies;
mod documents;
mod log;
mod pieces;
mod reaches;
mod restore;

use std::{
    env,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use diesel_async::{AsyncConnection, AsyncPgConnection};
use provision::Postgres;

use self::{copies::Copies, reaches::Reaches};
use crate::{
    progress::{say, stage},
    stored::Stored,
};

pub use restore::{Options as RestoreOptions, run as restore};

/// What to back up, and where to.
#[derive(Clone, Debug, clap::Args)]
pub struct Options {
    /// Folder of the backups: on another disk, below folders that everybody may enter.
    #[arg(value_name = "FOLDER")]
    kept: PathBuf,
    /// Folder of the installation of `motcua up`, running or stopped.
    #[arg(long, default_value = "var", value_name = "DIR")]
    var: PathBuf,
}

/// Copies the databases, then the log until now, then the documents that are not there yet.
///
/// # Errors
/// A sentence when there is no installation, its databases are somebody else's, or a copy fails.
pub async fn run(options: Options) -> Result<()> {
    refuse_foreign()?;
    let mut stored = Stored::open(&options.var, &[]).await?;
    let outcome = back_up(&options).await;
    stored.close().await;
    outcome
}

async fn back_up(options: &Options) -> Result<()> {
    let postgres = options.var.join("postgres");
    let copies = Copies::open(&options.kept)?;
    let mut database = connect(&postgres).await?;
    copies.belongs_to(&log::identifier(&mut database).await?)?;
    let follows = stage("the log is kept", log::keep(&mut database, &postgres, &copies.log())).await?;
    stage("databases", copies.add(&postgres, &options.var.join("tools"))).await?;
    let piece = match follows {
        true => Some(stage("the log until now", log::until_now(&mut database, &copies.log())).await?),
        false => None,
    };
    Reaches::to(piece.as_deref()).write(copies.folder())?;
    // A file is stored before the row that names it: taken after the databases, none is missing.
    let (from, to) = (options.var.join("documents"), copies.documents());
    let copied =
        stage("documents", async { tokio::task::spawn_blocking(move || documents::copy(&from, &to)).await? }).await?;
    say(&format!("    {copied}\n"));
    if !follows {
        say(
            "    The log of changes follows from the next start of `motcua up` on: back up again after it. Until then this copy \
             is all there is.\n",
        );
    }
    Ok(())
}

async fn connect(postgres: &Path) -> Result<AsyncPgConnection> {
    let url = Postgres::running(postgres).context("PostgreSQL does not run")?;
    Ok(AsyncPgConnection::establish(&format!("{url}postgres")).await?)
}

/// A server of somebody else's has a backup of its own, or needs one.
fn refuse_foreign() -> Result<()> {
    if env::var_os("MOTCUA_DATABASE_URL").is_some() {
        bail!(
            "MOTCUA_DATABASE_URL names a server of yours: back it up by its own tool (on CloudNativePG its scheduled backups, \
             k8s/README.md; elsewhere pg_basebackup and its log), and copy the documents after it."
        );
    }
    Ok(())
}
