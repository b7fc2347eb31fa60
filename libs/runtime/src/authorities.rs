//! Whom this process believes about other machines: the certificate authorities of the system, and those of the office's own.

use std::{
    fs,
    sync::{Arc, PoisonError, RwLock},
};

use anyhow::Result;
use base64::{Engine, prelude::BASE64_STANDARD};
use redis::{Client, IntoConnectionInfo, RedisResult, TlsCertificates};
use rustls::{
    ClientConfig, RootCertStore,
    pki_types::{CertificateDer, pem::PemObject},
};

/// The office's own. Like the system's they are the process's: all its lines believe them.
static OWN: RwLock<Option<Authorities>> = RwLock::new(None);

/// Certificate authorities that a file names.
#[derive(Clone, Debug)]
pub struct Authorities(Arc<[CertificateDer<'static>]>);

/// Whom every service believes beside the system's authorities.
#[derive(Debug, clap::Args)]
pub(crate) struct CaFile {
    /// Certificates (PEM) of the office's own authorities: believed beside the system's by every line that is TLS, to PostgreSQL
    /// (sslmode=verify-full), Redis (rediss://), the mail server, and by https.
    #[arg(long, env = "MOTCUA_CA_FILE", value_name = "FILE", value_parser = Authorities::read)]
    #[allow(dead_code, reason = "read by its name, whatever the service's own settings are")]
    ca_file: Option<Authorities>,
}

impl Authorities {
    /// The parser of a setting that is a file of certificates.
    ///
    /// # Errors
    /// Why it is none, in a few words.
    pub fn read(path: &str) -> Result<Self, String> {
        let text = fs::read(path).map_err(|why| format!("it cannot be read ({why})"))?;
        let read: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&text).collect();
        let certificates = read.map_err(|why| format!("it is not PEM ({why})"))?;
        let mut store = RootCertStore::empty();
        for certificate in &certificates {
            store.add(certificate.clone()).map_err(|why| format!("it has a certificate that is none ({why})"))?;
        }
        match certificates.is_empty() {
            true => Err("it has no certificate (PEM, -----BEGIN CERTIFICATE-----)".into()),
            false => Ok(Self(certificates.into())),
        }
    }

    /// Believes them from now on, in this process.
    pub fn believe(self) {
        *OWN.write().unwrap_or_else(PoisonError::into_inner) = Some(self);
    }

    /// Those that the settings named; none when they named none.
    pub fn own() -> Vec<CertificateDer<'static>> {
        let own = OWN.read().unwrap_or_else(PoisonError::into_inner);
        own.as_ref().map(|own| own.0.to_vec()).unwrap_or_default()
    }

    /// The office's own, as a file has them; `None` when the settings named none.
    pub fn own_pem() -> Option<String> {
        Some(Self::own()).filter(|own| !own.is_empty()).map(|own| pem(&own))
    }
}

/// What the settings name is believed.
pub(crate) fn believe_settings(matches: &clap::ArgMatches) {
    if let Some(own) = matches.try_get_one::<Authorities>("ca_file").ok().flatten() {
        own.clone().believe();
    }
}

/// How a line that is TLS is begun: whoever answers must be named by an authority that is believed.
///
/// # Errors
/// When TLS cannot start.
pub fn tls() -> Result<ClientConfig> {
    let mut store = RootCertStore::empty();
    store.add_parsable_certificates(all());
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
    Ok(builder.with_root_certificates(store).with_no_client_auth())
}

/// A client of the Redis at `url`: by TLS when it begins with `rediss:`. Nothing is connected yet.
///
/// # Errors
/// When `url` is not a Redis address.
pub fn redis_client(url: &str) -> RedisResult<Client> {
    let info = url.into_connection_info()?;
    if !url.starts_with("rediss:") {
        return Client::open(info);
    }
    provide();
    Client::build_with_tls(info, TlsCertificates { client_tls: None, root_cert: Some(pem(&all()).into_bytes()) })
}

/// Chooses the one library of cryptography for those who do not choose themselves.
pub(crate) fn provide() {
    // Already installed by another part of this process: the same provider, so nothing is lost.
    let _ = rustls::crypto::ring::default_provider().install_default();
}

/// The system's that can be read, and the office's.
fn all() -> Vec<CertificateDer<'static>> {
    let mut store = RootCertStore::empty();
    // A system has certificates that nobody can read; they are believed by nobody.
    let system = rustls_native_certs::load_native_certs().certs;
    system.into_iter().filter(|one| store.add(one.clone()).is_ok()).chain(Authorities::own()).collect()
}

fn pem(certificates: &[CertificateDer<'_>]) -> String {
    let one = |it: &CertificateDer<'_>| {
        format!("-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n", BASE64_STANDARD.encode(it))
    };
    certificates.iter().map(one).collect()
}
