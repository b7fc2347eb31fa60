//! A database's address as operators write it, and how it is reached: in clear, or by TLS that is verified.

use anyhow::{Context, Result, anyhow};
use diesel_async::AsyncPgConnection;
use futures_util::{FutureExt, future::BoxFuture};
use tokio_postgres::{Client, Config, Error, NoTls, config::SslMode};
use tokio_postgres_rustls::MakeRustlsConnect;

/// The other half of a connection: whoever polls it to its end carries what the client asks and what is answered.
pub(crate) type Driver = BoxFuture<'static, Result<(), Error>>;

/// A database's address.
#[derive(Clone)]
pub(crate) struct Address {
    config: Config,
    /// What a server that is reached by TLS is held against.
    tls: Option<MakeRustlsConnect>,
}

impl Address {
    /// Reads `url`; nothing is connected.
    ///
    /// # Errors
    /// What cannot be read in it, or that TLS cannot start.
    pub(crate) fn new(url: &str) -> Result<Self> {
        let config = read(url).map_err(|why| anyhow!("The database's address cannot be used: {why}"))?;
        // A server that offers TLS which nobody asked for would be held against authorities that nobody named.
        let asked = config.get_ssl_mode() == SslMode::Require;
        let tls = asked.then(runtime::tls).transpose()?.map(MakeRustlsConnect::new);
        Ok(Self { config, tls })
    }

    /// Connects.
    pub(crate) async fn open(&self) -> Result<(Client, Driver), Error> {
        match &self.tls {
            Some(tls) => {
                let (client, connection) = self.config.connect(tls.clone()).await?;
                Ok((client, connection.boxed()))
            }
            None => {
                let (client, connection) = self.config.connect(NoTls).await?;
                Ok((client, connection.boxed()))
            }
        }
    }
}

/// What the driver can read, and TLS as libpq asks for it. Whoever asks for TLS has the server verified, its name and all: there is
/// no other kind here.
pub(crate) fn read(url: &str) -> Result<Config, String> {
    let verified = ["verify-full", "verify-ca"].iter().flat_map(|mode| ['?', '&'].map(|before| (mode, before)));
    let url = verified.fold(url.to_owned(), |url, (mode, before)| {
        url.replace(&format!("{before}sslmode={mode}"), &format!("{before}sslmode=require"))
    });
    url.parse().map_err(|why: Error| why.to_string())
}

/// One connection, for who needs it once.
///
/// # Errors
/// When the database cannot be reached.
pub async fn connect(url: &str) -> Result<AsyncPgConnection> {
    let (client, driver) = Address::new(url)?.open().await.context("The database cannot be reached")?;
    // Whoever waits for an answer is told when it ends.
    tokio::spawn(driver);
    Ok(AsyncPgConnection::try_from(client).await?)
}
