//! `restore`: a new installation out of a backup, as it was at a moment, held against its invariants before anybody uses it.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Error, Result, anyhow};
use chrono::{DateTime, Utc};
use diesel_async::{AsyncConnection, AsyncPgConnection, SimpleAsyncConnection};
use files::{KeySettings, Keys};
use provision::{
    Postgres,
    backup::{self, Becomes},
};

use super::{
    copies::Copies,
    documents,
    pieces::{self, Followed},
    reaches::{self, Reaches},
    refuse_foreign,
};
use crate::{
    broke::Broke,
    installation::Installation,
    progress::{say, stage},
    stored::Stored,
    verify::{self, Documents},
};

/// PostgreSQL's words for a moment that the log does not reach.
const TOO_LATE: &str = "recovery ended before configured recovery target was reached";
/// PostgreSQL's words before the time of the last change that it replayed.
const LAST_CHANGE: &str = "last completed transaction was at log time";
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
    #[command(flatten)]
    file_keys: KeySettings,
}

/// Makes the installation; `motcua up` starts it.
///
/// # Errors
/// A sentence when it cannot be made; [`Broke`] when the backup lacks something or what was restored is not sound, which is told
/// row by row.
pub async fn run(options: Options) -> Result<()> {
    refuse_foreign()?;
    let keys = options.file_keys.keys()?;
    let copies = Copies::existing(&options.kept)?;
    let (moment, copy) = copies.before(options.at)?;
    let reaches = Reaches::read(copies.folder())?;
    let installation = Installation::begin(&options.var)?;
    let (log, from, least) = (copies.log(), copy.clone(), reaches.as_ref().and_then(Reaches::piece));
    let looking = async { tokio::task::spawn_blocking(move || pieces::follow(&log, &from, least)).await? };
    let followed = stage("the log of changes, looked through", looking).await?;
    let postgres = installation.folder.join("postgres");
    let laying = async {
        backup::lay(&postgres, &copy, Becomes::Server, &settings(options.at)).await?;
        Ok(backup::lay_log(&postgres, &followed.whole, &followed.taken).await?)
    };
    stage(&format!("databases of {moment}"), laying).await?;
    let (from, to) = (copies.documents(), installation.folder.join("documents"));
    let copied =
        stage("documents", async { tokio::task::spawn_blocking(move || documents::copy(&from, &to)).await? }).await?;
    say(&format!("    {copied}\n"));
    let server = stage("the log after it", replay(&installation, &followed)).await?;
    let lacks = match options.at {
        // PostgreSQL starts only when it has come to the moment.
        Some(_) => Vec::new(),
        None => lacks(&copies, reaches.is_some(), &followed, &postgres.join("data/cluster"))?,
    };
    let outcome = inspect(&installation.folder, keys, &lacks).await;
    server.stop().await;
    if outcome.as_ref().err().is_none_or(Error::is::<Broke>) {
        installation.finish()?;
    }
    outcome
}

fn settings(at: Option<DateTime<Utc>>) -> Vec<(&'static str, String)> {
    let mut settings = vec![
        // A copy that also wrote to the log would spoil the backup it came from.
        ("archive_mode", "off".to_owned()),
        ("restore_command", backup::RESTORE_COMMAND.to_owned()),
        // The pieces were chosen for this one.
        ("recovery_target_timeline", "current".to_owned()),
        // Else it would be called ready while it is still replaying.
        ("hot_standby", "off".to_owned()),
    ];
    if let Some(at) = at {
        settings.push(("recovery_target_time", at.format("%Y-%m-%d %H:%M:%S%.6f+00").to_string()));
        settings.push(("recovery_target_action", "promote".to_owned()));
    }
    settings
}

async fn replay(installation: &Installation, followed: &Followed) -> Result<Postgres> {
    let postgres = installation.folder.join("postgres");
    let options = provision::Options {
        tools: installation.folder.join("tools"),
        ..provision::Options::durable(postgres.clone())
    };
    let server = Postgres::start(&options).await.map_err(|why| {
        let log = fs::read_to_string(postgres.join("log")).unwrap_or_default();
        match log.contains(TOO_LATE) {
            true => too_late(&log, followed),
            false => why.into(),
        }
    })?;
    let mut database = AsyncPgConnection::establish(&format!("{}postgres", server.url())).await?;
    database.batch_execute("alter system reset all").await?;
    backup::forget_log(&postgres)?;
    Ok(server)
}

fn too_late(log: &str, followed: &Followed) -> Error {
    let last = log.lines().filter_map(|line| line.split_once(LAST_CHANGE)).next_back();
    let last = last.map_or("none after the copy", |(_, time)| time.trim());
    match followed.missing.as_slice().first() {
        Some(missing) => anyhow!(
            "The log cannot be followed to that moment, because {missing}: bring it back, or choose a moment up to the last change \
             before it ({last}), in an empty --var."
        ),
        None => anyhow!(
            "The log ends before that moment, with a change of {last}: choose one up to then, or leave out --at to restore all \
             there is, in an empty --var."
        ),
    }
}

/// What the backup should have and has not, a sentence each.
fn lacks(copies: &Copies, known: bool, followed: &Followed, cluster: &Path) -> Result<Vec<String>> {
    let mut lacks = followed.missing.clone();
    if let Some(last) = followed.last {
        lacks.extend(pieces::came_to(cluster, last)?.err());
    }
    if !known {
        let file = copies.folder().join(reaches::FILE);
        lacks.push(format!("{} is not there: nothing tells how far this backup should reach", file.display()));
    }
    Ok(lacks)
}

async fn inspect(folder: &Path, keys: Keys, lacks: &[String]) -> Result<()> {
    tell(lacks);
    let documents = Documents { folder: folder.join("documents"), keys };
    verify::at(&Stored::open(folder, &[]).await?, Some(&documents), false).await?;
    if let Some(first) = lacks.first() {
        return Err(Broke::because(format!(
            "What was changed last may not be there ({} lacking, first: {first}): bring it back and restore again into an empty \
             --var, or go on without it",
            lacks.len()
        )));
    }
    say("Not backed up yet: run `motcua backup` once it is in use.\n");
    Ok(())
}

fn tell(lacks: &[String]) {
    for what in lacks.iter().take(SHOWN) {
        say(&format!("    {what}\n"));
    }
    if lacks.len() > SHOWN {
        say(&format!("    and {} more\n", lacks.len() - SHOWN));
    }
}
