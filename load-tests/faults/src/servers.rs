//! The private PostgreSQL and Redis of a run, which die and come back at the same address.

mod disk;
mod standby;

use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::{Context, Result};
use nix::{sys::signal::Signal, unistd::Pid};
use provision::{Options, Postgres, Redis};
use tokio::time::{sleep, timeout};
use tokio_postgres::{Client, NoTls};

const TO_DIE: Duration = Duration::from_secs(20);

/// Both servers, durable, in a folder.
pub struct Servers {
    folder: PathBuf,
    /// A small disk of its own, where PostgreSQL lives.
    small_disk: Option<disk::SmallDisk>,
    postgres_folder: PathBuf,
    postgres: Option<Postgres>,
    /// Has what the first has.
    standby: Option<Postgres>,
    redis: Option<Redis>,
    /// Address of PostgreSQL, ending in `/`.
    pub postgres_url: String,
    /// Address of Redis.
    pub redis_url: String,
    /// Port of PostgreSQL.
    pub postgres_port: u16,
    /// Port of Redis.
    pub redis_port: u16,
}

impl Servers {
    /// Starts both; PostgreSQL on a small disk of its own when `small_disk`.
    ///
    /// # Errors
    /// A sentence when one cannot be had.
    pub async fn start(folder: &Path, small_disk: bool) -> Result<Self> {
        let small_disk = match small_disk {
            true => Some(disk::SmallDisk::mount(folder.join("postgres")).await?),
            false => None,
        };
        let (for_postgres, for_redis) =
            (Options::durable(folder.join("postgres")), Options::durable(folder.join("redis")));
        let (postgres, redis) = tokio::try_join!(Postgres::start(&for_postgres), Redis::start(&for_redis))?;
        Ok(Self {
            folder: folder.to_owned(),
            small_disk,
            postgres_folder: folder.join("postgres"),
            standby: None,
            postgres_url: postgres.url().to_owned(),
            redis_url: redis.url().to_owned(),
            postgres_port: postgres.port(),
            redis_port: redis.port(),
            postgres: Some(postgres),
            redis: Some(redis),
        })
    }

    /// Ends PostgreSQL as a power cut does, with SIGQUIT: nothing is written down.
    ///
    /// # Errors
    /// When it does not run or does not end.
    pub async fn crash_postgres(&mut self) -> Result<()> {
        self.end_postgres(Signal::SIGQUIT).await
    }

    async fn end_postgres(&mut self, signal: Signal) -> Result<()> {
        let mut postgres = self.postgres.take().context("PostgreSQL does not run")?;
        nix::sys::signal::kill(Pid::from_raw(postgres.pid()), signal)?;
        timeout(TO_DIE, postgres.exited()).await.context("PostgreSQL does not end")?;
        postgres.stop().await;
        Ok(())
    }

    /// Clears away a PostgreSQL that has ended by itself.
    pub async fn forget_postgres(&mut self) {
        if let Some(postgres) = self.postgres.take() {
            postgres.stop().await;
        }
    }

    /// Starts PostgreSQL again where it was.
    ///
    /// # Errors
    /// When it does not start.
    pub async fn start_postgres(&mut self) -> Result<()> {
        let options = Options { port: Some(self.postgres_port), ..Options::durable(&self.postgres_folder) };
        self.postgres = Some(Postgres::start(&options).await?);
        Ok(())
    }

    /// The small disk that PostgreSQL has to itself.
    ///
    /// # Errors
    /// When it has none.
    pub fn small_disk(&self) -> Result<&disk::SmallDisk> {
        self.small_disk.as_ref().context("there is no small disk")
    }

    /// Whether PostgreSQL has ended by itself.
    pub async fn postgres_ended(&mut self) -> bool {
        match &mut self.postgres {
            Some(postgres) => timeout(Duration::from_millis(10), postgres.exited()).await.is_ok(),
            None => true,
        }
    }

    /// Kills Redis outright.
    ///
    /// # Errors
    /// When it does not run or does not end.
    pub async fn kill_redis(&mut self) -> Result<()> {
        let mut redis = self.redis.take().context("Redis does not run")?;
        nix::sys::signal::kill(Pid::from_raw(redis.pid()), Signal::SIGKILL)?;
        timeout(TO_DIE, redis.exited()).await.context("Redis does not end")?;
        redis.stop().await;
        Ok(())
    }

    /// Starts Redis again where it was; `empty` without what it had.
    ///
    /// # Errors
    /// When it does not start.
    pub async fn start_redis(&mut self, empty: bool) -> Result<()> {
        if empty {
            fs::remove_dir_all(self.folder.join("redis/data/appendonlydir"))?;
        }
        let options = Options { port: Some(self.redis_port), ..Options::durable(self.folder.join("redis")) };
        self.redis = Some(Redis::start(&options).await?);
        Ok(())
    }

    /// Says a command to Redis, past the proxy.
    ///
    /// # Errors
    /// When it is refused.
    pub async fn redis(&self, words: &[&str]) -> Result<redis::Value> {
        let client = redis::Client::open(self.redis_url.as_str())?;
        let mut connection = client.get_multiplexed_async_connection().await?;
        let mut command = redis::cmd(words[0]);
        for word in &words[1..] {
            command.arg(*word);
        }
        Ok(command.query_async(&mut connection).await?)
    }

    /// A connection to a database, past the proxy.
    ///
    /// # Errors
    /// When it does not answer.
    pub async fn database(&self, name: &str) -> Result<Client> {
        let url = format!("{}{name}", self.postgres_url);
        let mut tries = 0;
        loop {
            match tokio_postgres::connect(&url, NoTls).await {
                Ok((client, connection)) => {
                    tokio::spawn(connection);
                    return Ok(client);
                }
                Err(why) if tries == 50 => return Err(why).context("PostgreSQL does not answer"),
                Err(_) => tries += 1,
            }
            sleep(Duration::from_millis(100)).await;
        }
    }

    /// Stops both.
    pub async fn stop(self) {
        if let Some(redis) = self.redis {
            redis.stop().await;
        }
        for postgres in self.postgres.into_iter().chain(self.standby) {
            postgres.stop().await;
        }
        if let Some(disk) = self.small_disk {
            disk.unmount().await;
        }
    }
}
