//! How the parties call their merchants.

use std::{sync::Arc, time::Duration};

const NOTIFY_TIMEOUT: Duration = Duration::from_secs(10);

/// Speaks plain HTTP to this machine only: no certificates, no proxy, no redirects.
pub(crate) fn client() -> anyhow::Result<reqwest::Client> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let no_tls = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_root_certificates(rustls::RootCertStore::empty())
        .with_no_client_auth();
    let client = reqwest::Client::builder()
        .tls_backend_preconfigured(no_tls)
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .timeout(NOTIFY_TIMEOUT)
        .build()?;
    Ok(client)
}
