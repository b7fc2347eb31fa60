//! The pool of connections and the one way to run a transaction.

use std::{
    ops::{Deref, DerefMut},
    time::{Duration, Instant},
};

use anyhow::Result;
use deadpool::managed::{Manager, Metrics, Object, Pool as Deadpool, RecycleError, RecycleResult};
use diesel::ConnectionError;
use diesel_async::{
    AnsiTransactionManager, AsyncPgConnection, RunQueryDsl, TransactionManager, pooled_connection::PoolableConnection,
};
use metrics::{Counter, Histogram, counter, histogram};

use crate::{
    Error,
    address::{self, Address},
    demotion::Demotion,
    drivers::{Driven, Drivers},
};

/// A request that finds no connection within this time is better told to come back.
const WAIT: Duration = Duration::from_secs(2);
/// Old connections are replaced, so that they spread over servers and poolers again.
const MAX_AGE: Duration = Duration::from_secs(30 * 60);

/// Which database, and how much of it.
#[derive(Clone, Debug, clap::Args)]
#[group(skip)]
pub struct Settings {
    /// PostgreSQL connection URL of the service's own database; with sslmode=verify-full by TLS.
    #[arg(long, env = "MOTCUA_DATABASE_URL", hide_env_values = true, value_name = "URL", value_parser = database_url,
        add = runtime::Guard::inside_address())]
    pub database_url: String,
    /// Connections at most. 8–16 for each core of the database server, shared by all replicas.
    #[arg(long, env = "MOTCUA_DATABASE_CONNECTIONS", default_value_t = 16, value_name = "COUNT",
        value_parser = runtime::count(1, 1_000))]
    pub database_connections: usize,
}

/// What the driver can read, said in the form that operators know.
fn database_url(text: &str) -> Result<String, String> {
    let shape = || "a URL as postgres://user:password@host:5432/name".to_owned();
    let schemed = ["postgres://", "postgresql://"].iter().any(|scheme| text.starts_with(scheme));
    match (schemed, address::read(text)) {
        (false, _) => Err(format!("it must be {}", shape())),
        (true, Err(why)) => Err(format!("{why}; it must be {}", shape())),
        (true, Ok(_)) => Ok(text.to_owned()),
    }
}

/// A connection lent by the pool.
pub struct Connection(Object<Opener>);

impl Deref for Connection {
    type Target = AsyncPgConnection;

    fn deref(&self) -> &AsyncPgConnection {
        &self.0.connection
    }
}

impl DerefMut for Connection {
    fn deref_mut(&mut self) -> &mut AsyncPgConnection {
        &mut self.0.connection
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        // Nobody waits on it any more, be it that a statement was given up half-way or never sent.
        self.0.silence.ends();
    }
}

/// Opens the pool's connections, and says which of them may be lent again.
struct Opener {
    address: Address,
    drivers: Drivers,
    demotion: Demotion,
}

impl Manager for Opener {
    type Type = Driven;
    type Error = ConnectionError;

    async fn create(&self) -> Result<Driven, ConnectionError> {
        self.drivers.connect(self.address.clone(), self.demotion.clone()).await
    }

    async fn recycle(&self, driven: &mut Driven, metrics: &Metrics) -> RecycleResult<ConnectionError> {
        let useless = if driven.connection.is_broken() {
            "the connection is broken"
        } else if metrics.age() > MAX_AGE {
            "the connection is old"
        } else if self.demotion.concerns(metrics.created) {
            "the server takes no writes or is not heard any more"
        } else {
            return Ok(());
        };
        Err(RecycleError::message(useless))
    }
}

/// A pool of connections to one service's database. Clones share it.
#[derive(Clone)]
pub struct Pool {
    connections: Deadpool<Opener>,
    waited: Histogram,
    refused: Counter,
}

impl Pool {
    /// Prepares a pool; connections are opened when they are needed.
    ///
    /// # Errors
    /// When the address cannot be used, or the drivers' thread cannot start.
    pub fn new(settings: &Settings) -> Result<Self> {
        let (address, drivers) = (Address::new(&settings.database_url)?, Drivers::start()?);
        let connections = Deadpool::builder(Opener { address, drivers, demotion: Demotion::default() })
            .max_size(settings.database_connections)
            .runtime(deadpool::Runtime::Tokio1)
            .wait_timeout(Some(WAIT))
            .create_timeout(Some(WAIT))
            .build()?;
        let (waited, refused) =
            (histogram!("motcua_database_wait_seconds"), counter!("motcua_database_refusals_total"));
        Ok(Self { connections, waited, refused })
    }

    /// Lends a connection for reading.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when none is free or the database cannot be reached within two seconds.
    pub async fn get(&self) -> Result<Connection, Error> {
        let asked = Instant::now();
        let lent = self.connections.get().await;
        self.waited.record(asked.elapsed());
        lent.map(Connection).map_err(|why| {
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

#[cfg(test)]
mod tests {
    use provision::{Options, Postgres};
    use tokio::time::timeout;

    use super::*;

    #[tokio::test]
    async fn a_read_that_was_given_up_does_not_pass_for_a_server_that_answers_nothing() {
        let server = Postgres::start(&Options::throwaway()).await.expect("a server");
        let settings = Settings { database_url: format!("{}postgres", server.url()), database_connections: 1 };
        let pool = Pool::new(&settings).expect("a pool");
        let mut conn = pool.get().await.expect("a connection");
        let silence = conn.0.silence.clone();
        let read = diesel::sql_query("select pg_sleep(1)");
        timeout(Duration::from_millis(100), read.execute(&mut conn)).await.expect_err("it is cut off");
        assert!(silence.is_waited_on());
        drop(conn);
        assert!(!silence.is_waited_on());
    }
}
