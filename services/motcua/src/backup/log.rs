//! The log of changes, which PostgreSQL itself keeps beside the copies.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use anyhow::{Result, bail};
use diesel::{QueryableByName, sql_query, sql_types::Text};
use diesel_async::{AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection};
use provision::backup;
use tokio::time::sleep;

/// In a quiet office a piece of the log fills up in days; so much is lost at most when the machine is.
const AT_MOST: &str = "5min";
const ARCHIVE_TIMEOUT: Duration = Duration::from_secs(60);
const POLL_INTERVAL: Duration = Duration::from_millis(50);
#[derive(QueryableByName)]
struct Said {
    #[diesel(sql_type = Text)]
    said: String,
}

/// Tells the server in `postgres` to keep its log in `log`. Gives whether it does so now; else it will from its next start on.
///
/// # Errors
/// When the server cannot write there.
pub async fn keep(database: &mut AsyncPgConnection, postgres: &Path, log: &Path) -> Result<bool> {
    let command = backup::archive_command(postgres, log).await?;
    // The settings stay in the cluster; a statement each, because none may be in a transaction.
    for (name, value) in [("archive_mode", "on"), ("archive_timeout", AT_MOST), ("archive_command", &command)] {
        database.batch_execute(&format!("alter system set {name} = '{value}'")).await?;
    }
    database.batch_execute("select pg_reload_conf()").await?;
    Ok(ask(database, "select current_setting('archive_mode') as said").await? == "on")
}

/// What the databases in the server's folder are called: the same in all copies of them, and in no others (PostgreSQL's
/// system identifier).
///
/// # Errors
/// When the server does not say.
pub async fn identifier(database: &mut AsyncPgConnection) -> Result<String> {
    ask(database, "select system_identifier::text as said from pg_control_system()").await
}

/// Resolves when the log until now is kept in `log`, with the name of its last piece.
///
/// # Errors
/// A sentence when that takes too long.
pub async fn until_now(database: &mut AsyncPgConnection, log: &Path) -> Result<String> {
    let piece = ask(database, "select pg_walfile_name(pg_switch_wal()) as said").await?;
    let (kept, begun) = (log.join(format!("{piece}.gz")), Instant::now());
    // A file of this name may be another server's, which the archiver does not write over: it goes on waiting then.
    let waits = format!("select count(*)::text as said from pg_ls_archive_statusdir() where name = '{piece}.ready'");
    while !kept.exists() || ask(database, &waits).await? != "0" {
        if begun.elapsed() > ARCHIVE_TIMEOUT {
            bail!(
                "The log is not kept in {}: is there room? PostgreSQL's own log, postgres/log in the installation's folder, says why.",
                log.display()
            );
        }
        sleep(POLL_INTERVAL).await;
    }
    Ok(piece)
}

async fn ask(database: &mut AsyncPgConnection, question: &str) -> Result<String> {
    Ok(sql_query(question).get_result::<Said>(database).await?.said)
}
