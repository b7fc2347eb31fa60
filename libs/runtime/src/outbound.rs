//! The one way to make an HTTP client for calls that leave the process.

use std::time::Duration;

use reqwest::{Certificate, Client, redirect::Policy};

use crate::{Authorities, authorities::provide};

/// A client that gives up after `total`, follows no redirect, uses no proxy of the environment and keeps connections
/// shorter than our servers do, so that a stale one is not reused. By https it believes the system's authorities and the office's own.
///
/// # Errors
/// When the TLS backend cannot start.
pub fn http_client(total: Duration) -> reqwest::Result<Client> {
    provide();
    let own: Result<Vec<_>, _> = Authorities::own().iter().map(|own| Certificate::from_der(own)).collect();
    Client::builder()
        .tls_certs_merge(own?)
        .redirect(Policy::none())
        .no_proxy()
        .connect_timeout(Duration::from_secs(1))
        .timeout(total)
        .pool_idle_timeout(Duration::from_secs(8))
        .build()
}
