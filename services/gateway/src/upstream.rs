//! The services behind the gateway: their names, addresses, and whether they answer.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use metrics::{Gauge, gauge};
use url::Url;
use uuid::Uuid;

use crate::config::Config;

/// A service that answers operations.
pub(crate) struct Upstream {
    /// As `x-service` names it.
    pub name: &'static str,
    /// The addresses of its replicas without a slash at the end, so that a path can follow; one at least.
    bases: Vec<String>,
    turn: AtomicUsize,
    up: Gauge,
}

/// Every service that a document may name.
pub(crate) struct Upstreams([Arc<Upstream>; 4]);

impl Upstream {
    fn new(name: &'static str, urls: &[Url]) -> Arc<Self> {
        let bases = urls.iter().map(|url| url.as_str().trim_end_matches('/').to_owned()).collect();
        let up = gauge!("gateway_upstream_up", "upstream" => name);
        Arc::new(Self { name, bases, turn: AtomicUsize::new(0), up })
    }

    /// The replicas to ask for `path`, the first one first; the next only when one cannot be reached.
    ///
    /// A path with an id is always asked of the same replica, by the last sixteen bits of the id. Services make them of what
    /// their work gathers by (submissions: the agency), so that one replica has it all. Other paths take turns.
    pub fn replicas(&self, path: &str) -> impl Iterator<Item = &str> {
        let first = match self.bases.len() {
            1 => 0,
            _ => place(path).unwrap_or_else(|| self.turn.fetch_add(1, Ordering::Relaxed)),
        };
        let count = self.bases.len();
        (0..count).map(move |step| self.bases[first.wrapping_add(step) % count].as_str())
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

fn place(path: &str) -> Option<usize> {
    let id = path.split('/').find_map(|part| Uuid::try_parse(part).ok())?;
    let [.., high, low] = id.into_bytes();
    Some(usize::from(u16::from_be_bytes([high, low])))
}
