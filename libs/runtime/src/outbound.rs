//! The one way to make an HTTP client for calls that leave the process.

use std::time::Duration;

use reqwest::{Client, redirect::Policy};

/// A client that gives up after `total`, follows no redirect, uses no proxy of the environment and keeps connections
/// shorter than our servers do, so that a stale one is not reused.
///
/// # Errors
/// When the TLS backend cannot start.
pub fn http_client(total: Duration) -> reqwest::Result<Client> {
    // Already installed by another part of this process: the same provider, so nothing is lost.
    let _ = rustls::crypto::ring::default_provider().install_default();
    Client::builder()
        .redirect(Policy::none())
        .no_proxy()
        .connect_timeout(Duration::from_secs(1))
        .timeout(total)
        .pool_idle_timeout(Duration::from_secs(8))
        .build()
}
