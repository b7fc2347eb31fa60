//! A second PostgreSQL that has every acknowledged commit before it is acknowledged, and takes over when the first is lost.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use nix::sys::signal::Signal;
use provision::{
    Options, Postgres,
    backup::{self, Becomes},
    default_tools,
};
use tokio::time::sleep;
use url::Url;

use super::Servers;

const NAME: &str = "standby";
const FOLLOWS: &str =
    "select count(*) from pg_stat_replication where application_name = 'standby' and sync_state = 'sync'";
const TO_FOLLOW: Duration = Duration::from_secs(30);

impl Servers {
    /// Starts a standby by streaming replication, and has the primary wait for it at every commit.
    ///
    /// # Errors
    /// When it does not follow.
    pub async fn add_standby(&mut self) -> Result<()> {
        let (copy, folder) = (self.folder.join("copy"), self.folder.join(NAME));
        backup::take(&self.postgres_folder, &default_tools(), &copy).await?;
        let url = Url::parse(&self.postgres_url)?;
        let (port, password) = (self.postgres_port, url.password().unwrap_or_default());
        let primary = format!("host=127.0.0.1 port={port} user=motcua password={password} application_name={NAME}");
        // Both are set up alike, as the nodes of a cluster are: whoever leads waits for a follower, even where none is left.
        let settings = [("primary_conninfo", primary), ("synchronous_standby_names", NAME.to_owned())];
        backup::lay(&folder, &copy, Becomes::Standby, &settings).await?;
        self.standby = Some(Postgres::start(&Options::durable(folder)).await?);
        let primary = self.database("postgres").await?;
        primary.batch_execute("alter system set synchronous_standby_names = 'standby'").await?;
        primary.batch_execute("select pg_reload_conf()").await?;
        let begun = Instant::now();
        while primary.query_one(FOLLOWS, &[]).await?.get::<_, i64>(0) == 0 {
            if begun.elapsed() > TO_FOLLOW {
                bail!("the standby does not follow");
            }
            sleep(Duration::from_millis(50)).await;
        }
        Ok(())
    }

    /// The standby's port, when there is one.
    pub fn standby_port(&self) -> Option<u16> {
        self.standby.as_ref().map(Postgres::port)
    }

    /// Kills the primary outright; it does not come back.
    ///
    /// # Errors
    /// When it does not run or does not end.
    pub async fn lose_primary(&mut self) -> Result<()> {
        self.end_postgres(Signal::SIGKILL).await
    }

    /// Makes the standby the primary.
    ///
    /// # Errors
    /// When there is none, or it does not take over.
    pub async fn promote(&mut self) -> Result<()> {
        let standby = self.standby.take().context("there is no standby")?;
        (self.postgres_url, self.postgres_port) = (standby.url().to_owned(), standby.port());
        self.postgres_folder = self.folder.join(NAME);
        self.postgres = Some(standby);
        let database = self.database("postgres").await?;
        // It would wait at every commit for a standby of its own, which nobody has: no write would ever be answered.
        database.batch_execute("alter system set synchronous_standby_names = ''").await?;
        database.batch_execute("select pg_reload_conf()").await?;
        match database.query_one("select pg_promote(true, 30)", &[]).await?.get(0) {
            true => Ok(()),
            false => bail!("the standby does not take over"),
        }
    }
}
