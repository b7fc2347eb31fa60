//! The thread on which connections are driven, apart from the threads that serve requests.

use std::thread;

use anyhow::{Context, Result};
use diesel::{ConnectionError, ConnectionResult};
use diesel_async::{AsyncPgConnection, SimpleAsyncConnection};
use tokio::{
    runtime::{Builder, Handle},
    sync::oneshot,
};

use crate::{address::Address, demotion::Demotion, silence::Silence};

/// No statement of ours needs longer; a stuck one must not hold a connection, a lock or a transaction open.
const SESSION: &str = "set statement_timeout = '15s'; set lock_timeout = '5s'; \
    set idle_in_transaction_session_timeout = '20s'; set timezone = 'UTC'";

/// The drivers' thread; ends when this is dropped.
pub(crate) struct Drivers {
    handle: Handle,
    _open: oneshot::Sender<()>,
}

impl Drivers {
    pub(crate) fn start() -> Result<Self> {
        let runtime = Builder::new_current_thread().enable_all().build().context("no event loop for the database")?;
        let handle = runtime.handle().clone();
        let (open, closed) = oneshot::channel::<()>();
        thread::Builder::new()
            .name("database".into())
            .spawn(move || runtime.block_on(closed))
            .context("no thread for the database")?;
        Ok(Self { handle, _open: open })
    }

    /// Opens a connection whose driver lives on this thread.
    pub(crate) async fn connect(&self, address: Address, demotion: Demotion) -> ConnectionResult<Driven> {
        let opened = self.handle.spawn(async move {
            let bad = |why: tokio_postgres::Error| ConnectionError::BadConnection(why.to_string());
            let (client, connection) = address.open().await.map_err(bad)?;
            let silence = Silence::new();
            tokio::spawn(silence.clone().drive(connection, demotion.clone()));
            let mut connection = AsyncPgConnection::try_from(client).await?;
            connection.batch_execute(SESSION).await.map_err(ConnectionError::CouldntSetupConfiguration)?;
            silence.watch(&mut connection, &demotion);
            Ok(Driven { connection, silence })
        });
        opened.await.unwrap_or_else(|why| Err(ConnectionError::BadConnection(why.to_string())))
    }
}

/// A connection, and whether its server is heard.
pub(crate) struct Driven {
    pub(crate) connection: AsyncPgConnection,
    pub(crate) silence: Silence,
}
