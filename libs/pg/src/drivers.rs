//! The thread on which connections are driven, apart from the threads that serve requests.

use std::thread;

use anyhow::{Context, Result};
use diesel::{ConnectionError, ConnectionResult};
use diesel_async::{AsyncConnection, AsyncPgConnection, SimpleAsyncConnection};
use tokio::{
    runtime::{Builder, Handle},
    sync::oneshot,
};

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
    pub(crate) async fn connect(handle: Handle, url: String) -> ConnectionResult<AsyncPgConnection> {
        let opened = handle.spawn(async move {
            let mut connection = AsyncPgConnection::establish(&url).await?;
            connection.batch_execute(SESSION).await.map_err(ConnectionError::CouldntSetupConfiguration)?;
            Ok(connection)
        });
        opened.await.unwrap_or_else(|why| Err(ConnectionError::BadConnection(why.to_string())))
    }

    pub(crate) fn handle(&self) -> Handle {
        self.handle.clone()
    }
}
