//! TLS before a server that speaks none, with a certificate authority of its own: what an office's server looks like from outside.

use std::{env, fs, net::Ipv4Addr, path::PathBuf, sync::Arc};

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use runtime::Authorities;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional},
    net::{TcpListener, TcpStream},
};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{ServerConfig, crypto::ring, pki_types::PrivateKeyDer},
};
use uuid::Uuid;

/// How TLS begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Speaks {
    /// At once.
    Tls,
    /// After PostgreSQL's question for it (protocol 3.0, SSLRequest).
    Postgres,
}

/// A door of TLS; closed with the event loop that opened it.
pub struct TlsDoor {
    port: u16,
    authority: PathBuf,
}

impl TlsDoor {
    /// Opens a door to `port` of this machine, as `localhost` and `127.0.0.1`.
    ///
    /// # Panics
    /// When it cannot.
    pub async fn open(port: u16, speaks: Speaks) -> Self {
        let (config, authority) = certified();
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a port");
        let door = Self { port: listener.local_addr().expect("an address").port(), authority };
        let acceptor = TlsAcceptor::from(Arc::new(config));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(pass(stream, port, acceptor.clone(), speaks));
            }
        });
        door
    }

    /// Where it is, on this machine.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The file of who vouches for it (PEM).
    pub fn authority_file(&self) -> &str {
        self.authority.to_str().expect("a plain path")
    }

    /// Who vouches for it.
    ///
    /// # Panics
    /// When the file was taken away.
    pub fn authorities(&self) -> Authorities {
        Authorities::read(self.authority_file()).unwrap_or_else(|why| panic!("{why}"))
    }
}

impl Drop for TlsDoor {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.authority);
    }
}

/// A server's side of TLS, and the file of the authority that names it.
fn certified() -> (ServerConfig, PathBuf) {
    let mut authority = CertificateParams::default();
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let key = || KeyPair::generate().expect("a key");
    let authority = CertifiedIssuer::self_signed(authority, key()).expect("an authority");
    let file = env::temp_dir().join(format!("motcua-authority-{}.pem", Uuid::new_v4()));
    fs::write(&file, authority.pem()).expect("a file");
    let names = CertificateParams::new(["localhost".to_owned(), "127.0.0.1".to_owned()]).expect("names");
    let own = key();
    let certificate = names.signed_by(&own, &authority).expect("a certificate");
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("protocols")
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], PrivateKeyDer::Pkcs8(own.serialize_der().into()))
        .expect("a certificate with its key");
    (config, file)
}

/// Whoever does not believe the certificate goes away by himself.
async fn pass(mut stream: TcpStream, port: u16, acceptor: TlsAcceptor, speaks: Speaks) -> std::io::Result<()> {
    if speaks == Speaks::Postgres {
        stream.read_exact(&mut [0; 8]).await?;
        stream.write_all(b"S").await?;
    }
    let (mut inside, mut outside) =
        (TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await?, acceptor.accept(stream).await?);
    copy_bidirectional(&mut outside, &mut inside).await.map(drop)
}
