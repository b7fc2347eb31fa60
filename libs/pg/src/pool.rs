//! The pool of connections and the one way to run a transaction.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::Result;
use diesel_async::{
    AnsiTransactionManager, AsyncPgConnection, RunQueryDsl, TransactionManager,
    pooled_connection::{
        AsyncDieselConnectionManager, ManagerConfig, RecyclingMethod,
        deadpool::{Hook, HookError, Object, Pool as Deadpool},
    },
};
use futures_util::FutureExt;
use metrics::{Counter, Histogram, counter, histogram};

use crate::{Error, demotion::Demotion, drivers::Drivers};

/// A request that finds no connection within this time is better told to come back.
const WAIT: Duration = Duration::from_secs(2);
/// Old connections are replaced, so that they spread over servers and poolers again.
const MAX_AGE: Duration = Duration::from_secs(30 * 60);

/// Which database, and how much of it.
#[derive(Clone, Debug, clap::Args)]
#[group(skip)]
pub struct Settings {
    /// PostgreSQL connection URL of the service's own database.
    #[arg(long, env = "MOTCUA_DATABASE_URL", hide_env_values = true, value_name = "URL")]
    pub database_url: String,
    /// Connections at most. 8–16 for each core of the database server, shared by all replicas.
    #[arg(long, env = "MOTCUA_DATABASE_CONNECTIONS", default_value_t = 16, value_name = "COUNT")]
    pub database_connections: usize,
}

/// A connection lent by the pool.
pub type Connection = Object<AsyncPgConnection>;

/// A pool of connections to one service's database. Clones share it.
#[derive(Clone)]
pub struct Pool {
    connections: Deadpool<AsyncPgConnection>,
    waited: Histogram,
    refused: Counter,
    _drivers: Arc<Drivers>,
}

impl Pool {
    /// Prepares a pool; connections are opened when they are needed.
    ///
    /// # Errors
    /// When the drivers' thread cannot start.
    pub fn new(settings: &Settings) -> Result<Self> {
        let drivers = Drivers::start()?;
        let (handle, demotion) = (drivers.handle(), Demotion::default());
        let watch = demotion.clone();
        let mut config = ManagerConfig::default();
        config.recycling_method = RecyclingMethod::Fast;
        config.custom_setup =
            Box::new(move |url| Drivers::connect(handle.clone(), url.to_owned(), watch.clone()).boxed());
        let manager = AsyncDieselConnectionManager::new_with_config(&settings.database_url, config);
        let connections = Deadpool::builder(manager)
            .max_size(settings.database_connections)
            .runtime(deadpool::Runtime::Tokio1)
            .wait_timeout(Some(WAIT))
            .create_timeout(Some(WAIT))
            .pre_recycle(Hook::sync_fn(move |_, metrics| match metrics {
                old if old.age() > MAX_AGE => Err(HookError::message("connection is old")),
                old if demotion.concerns(old.created) => {
                    Err(HookError::message("the server takes no writes or is not heard any more"))
                }
                _ => Ok(()),
            }))
            .build()?;
        let (waited, refused) =
            (histogram!("motcua_database_wait_seconds"), counter!("motcua_database_refusals_total"));
        Ok(Self { connections, waited, refused, _drivers: Arc::new(drivers) })
    }

    /// Lends a connection for reading.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when none is free or the database cannot be reached within two seconds.
    pub async fn get(&self) -> Result<Connection, Error> {
        let asked = Instant::now();
        let lent = self.connections.get().await;
        self.waited.record(asked.elapsed());
        lent.map_err(|why| {
            self.refused.increment(1);
            Error::Unavailable(why.to_string())
        })
    }

    /// Runs `work` in one transaction: committed when it gives `Ok`, rolled back when it gives an error or is dropped.
    ///
    /// # Errors
    /// What `work` failed with, or [`Error`] when the database did.
    pub async fn transaction<R, E>(
        &self,
        work: impl AsyncFnOnce(&mut AsyncPgConnection) -> Result<R, E>,
    ) -> Result<R, E>
    where
        E: From<Error>,
    {
        let mut connection = self.get().await?;
        let connection: &mut AsyncPgConnection = &mut connection;
        AnsiTransactionManager::begin_transaction(connection).await.map_err(Error::from)?;
        match work(connection).await {
            Ok(value) => {
                AnsiTransactionManager::commit_transaction(connection).await.map_err(Error::from)?;
                Ok(value)
            }
            Err(why) => {
                if let Err(rollback) = AnsiTransactionManager::rollback_transaction(connection).await {
                    tracing::warn!(%rollback, "a transaction could not be rolled back; its connection is discarded");
                }
                Err(why)
            }
        }
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when it does not.
    pub async fn ready(&self) -> Result<(), Error> {
        diesel::sql_query("select 1").execute(&mut self.get().await?).await?;
        Ok(())
    }
}
