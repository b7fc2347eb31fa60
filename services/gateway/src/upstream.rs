//! The services behind the gateway: their names, addresses, and whether they answer.

use std::sync::Arc;

use metrics::{Gauge, gauge};
use url::Url;

use crate::config::Config;

/// A service that answers operations.
pub(crate) struct Upstream {
    /// As `x-service` names it.
    pub name: &'static str,
    /// Its address without a slash at the end, so that a path can follow.
    pub base: String,
    up: Gauge,
}

/// Every service that a document may name.
pub(crate) struct Upstreams([Arc<Upstream>; 4]);

impl Upstream {
    fn new(name: &'static str, url: &Url) -> Arc<Self> {
        let base = url.as_str().trim_end_matches('/').to_owned();
        Arc::new(Self { name, base, up: gauge!("gateway_upstream_up", "upstream" => name) })
    }

    /// Notes whether the service answered: operators see it as a metric, and requests are sent to it all the same.
    pub fn answered(&self, answered: bool) {
        self.up.set(if answered { 1.0 } else { 0.0 });
    }
}

impl Upstreams {
    /// The services at the addresses of the settings.
    pub fn new(config: &Config) -> Self {
        Self([
            Upstream::new("accounts", &config.accounts_url),
            Upstream::new("submissions", &config.submissions_url),
            Upstream::new("payments", &config.payments_url),
            Upstream::new("notifications", &config.notifications_url),
        ])
    }

    /// The service that a document calls `name`.
    pub fn named(&self, name: &str) -> Option<Arc<Upstream>> {
        self.0.iter().find(|upstream| upstream.name == name).cloned()
    }
}
