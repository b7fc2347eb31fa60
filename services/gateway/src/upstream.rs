//! The services behind the gateway: their names, addresses, and whether they answer.

use std::{
    str::FromStr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use anyhow::{Context, Result, ensure};
use http::uri::Authority;
use metrics::{Gauge, gauge};
use url::Url;
use uuid::Uuid;

use crate::config::Config;

/// Host and port of each replica of a service; one at least. Written as their addresses, with commas between.
#[derive(Clone, Debug)]
pub struct Replicas(Vec<Authority>);

/// A service that answers operations.
pub(crate) struct Upstream {
    /// As `x-service` names it.
    pub name: &'static str,
    replicas: Replicas,
    turn: AtomicUsize,
    up: Gauge,
}

/// Every service that a document may name.
pub(crate) struct Upstreams([Arc<Upstream>; 4]);

impl FromStr for Replicas {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> Result<Self> {
        text.split(',').map(authority).collect::<Result<_>>().map(Self)
    }
}

impl Upstream {
    fn new(name: &'static str, replicas: &Replicas) -> Arc<Self> {
        let up = gauge!("gateway_upstream_up", "upstream" => name);
        Arc::new(Self { name, replicas: replicas.clone(), turn: AtomicUsize::new(0), up })
    }

    /// The replicas to ask for `path`, the first one first; the next only when one cannot be reached.
    ///
    /// A path with an id is always asked of the same replica, by the last sixteen bits of the id. Services make them of what
    /// their work gathers by (submissions: the agency), so that one replica has it all. Other paths take turns.
    pub fn replicas(&self, path: &str) -> impl Iterator<Item = &Authority> {
        let Replicas(replicas) = &self.replicas;
        let first = match replicas.len() {
            1 => 0,
            _ => place(path).unwrap_or_else(|| self.turn.fetch_add(1, Ordering::Relaxed)),
        };
        let count = replicas.len();
        (0..count).map(move |step| &replicas[first.wrapping_add(step) % count])
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

    /// The portal, which answers every page.
    pub fn portal(config: &Config) -> Arc<Upstream> {
        Upstream::new("portal", &config.portal_url)
    }

    /// The service that a document calls `name`.
    pub fn named(&self, name: &str) -> Option<Arc<Upstream>> {
        self.0.iter().find(|upstream| upstream.name == name).cloned()
    }
}

/// Services speak plain HTTP: between machines the network encrypts.
fn authority(text: &str) -> Result<Authority> {
    let url: Url = text.trim().parse().with_context(|| format!("{text} is not an address"))?;
    let bare = url.scheme() == "http" && url.path() == "/" && url.query().is_none() && url.username().is_empty();
    ensure!(bare, "{url} is not an address of a service: write http://host:port");
    url.authority().parse().with_context(|| format!("{url} is not an address of a service"))
}

fn place(path: &str) -> Option<usize> {
    let id = path.split('/').find_map(|part| Uuid::try_parse(part).ok())?;
    let [.., high, low] = id.into_bytes();
    Some(usize::from(u16::from_be_bytes([high, low])))
}
