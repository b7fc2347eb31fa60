//! `restore`: a new installation out of a backup, as it was at a moment, held against its invariants before anybody uses it.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, anyhow};
use chrono::{DateTime, Utc};
use diesel::{QueryableByName, sql_query, sql_types::Text};
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection};
use provision::{
    Postgres,
    backup::{self, Becomes},
};

use super::{Copies, documents, refuse_foreign};
use crate::{
    part::Broke,
    stored::Stored,
    up::{Installation, say, stage},
    verify,
};

/// PostgreSQL's words for a moment that the log does not reach.
const TOO_LATE: &str = "recovery ended before configured recovery target was reached";
const FILES: &str = "select object_key as key from documents union all select object_key from results";
const SHOWN: usize = 10;

/// What to restore, and where to.
#[derive(Clone, Debug, clap::Args)]
pub struct Options {
    /// Folder of the backups.
    #[arg(value_name = "FOLDER")]
    kept: PathBuf,
    /// The moment to go back to, as 2026-11-21T16:30:00+07:00; without it, as late as the log goes.
    #[arg(long, value_name = "TIME")]
    at: Option<DateTime<Utc>>,
    /// Folder of the new installation. There must be none in it.
    #[arg(long, default_value = "var", value_name = "DIR")]
    var: PathBuf,
}

#[derive(QueryableByName)]
struct Key {
    #[diesel(sql_type = Text)]
    key: String,
}

/// Makes the installation; `motcua up` starts it.
///
/// # Errors
/// A sentence when it cannot be made; [`Broke`] when what was restored is not sound, which is told row by row.
pub async fn run(options: Options) -> Result<()> {
    refuse_foreign()?;
    let copies = Copies::open(&options.kept)?;
    let (moment, copy) = copies.before(options.at)?;
    let installation = Installation::take(&options.var)?;
    let postgres = installation.folder.join("postgres");
    let settings = settings(&copies.log(), options.at)?;
    let name = format!("databases of {moment}");
    stage(&name, async { Ok(backup::lay(&postgres, &copy, Becomes::Server, &settings).await?) }).await?;
    let (from, to) = (copies.documents(), installation.folder.join("documents"));
    let copied =
        stage("documents", async { tokio::task::spawn_blocking(move || documents::copy(&from, &to)).await? }).await?;
    say(&format!("    {copied}\n"));
    let server = stage("the log after it", replay(&installation)).await?;
    let outcome = inspect(&server, &installation.folder).await;
    server.stop().await;
    outcome
}

fn settings(log: &Path, at: Option<DateTime<Utc>>) -> Result<Vec<(&'static str, String)>> {
    // A copy that also wrote to the log would spoil the backup it came from.
    let mut settings = vec![("archive_mode", "off".to_owned()), ("restore_command", backup::restore_command(log)?)];
    // Else it would be called ready while it is still replaying.
    settings.push(("hot_standby", "off".to_owned()));
    if let Some(at) = at {
        settings.push(("recovery_target_time", at.format("%Y-%m-%d %H:%M:%S%.6f+00").to_string()));
        settings.push(("recovery_target_action", "promote".to_owned()));
    }
    Ok(settings)
}

async fn replay(installation: &Installation) -> Result<Postgres> {
    let options = provision::Options {
        tools: installation.folder.join("tools"),
        ..provision::Options::durable(installation.folder.join("postgres"))
    };
    let server = Postgres::start(&options).await.map_err(|why| {
        let log = fs::read_to_string(installation.folder.join("postgres/log")).unwrap_or_default();
        match log.contains(TOO_LATE) {
            true => {
                anyhow!("The log ends before that moment: leave out --at to restore all there is, in an empty --var.")
            }
            false => why.into(),
        }
    })?;
    let mut database = AsyncPgConnection::establish(&format!("{}postgres", server.url())).await?;
    database.batch_execute("alter system reset all").await?;
    Ok(server)
}

async fn inspect(server: &Postgres, folder: &Path) -> Result<()> {
    let missing = stage("files of the documents", missing(server, &folder.join("documents"))).await?;
    for key in missing.iter().take(SHOWN) {
        say(&format!("    {key} is missing\n"));
    }
    verify::at(&Stored::open(folder, &[]).await?, false).await?;
    if missing.is_empty() {
        say("Not backed up yet: run `motcua backup` once it is in use.\n");
        return Ok(());
    }
    Err(Broke::because(format!(
        "{} documents were uploaded after the last backup: their files are missing",
        missing.len()
    )))
}

/// Keys of the files that rows name and that are not there.
async fn missing(server: &Postgres, documents: &Path) -> Result<Vec<String>> {
    let mut database = AsyncPgConnection::establish(&format!("{}motcua_submissions", server.url())).await?;
    let keys = sql_query(FILES).load::<Key>(&mut database).await.context("The documents cannot be listed")?;
    Ok(keys.into_iter().map(|row| row.key).filter(|key| !documents.join(key).is_file()).collect())
}
