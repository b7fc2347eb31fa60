//! The services behind the gateway: their names, addresses, and whether they answer.

use std::{
    collections::BTreeMap,
    str::FromStr,
    sync::{
        Arc, LazyLock,
        atomic::{AtomicUsize, Ordering},
    },
};

use anyhow::{Context, Result, ensure};
use clap::{Arg, ArgMatches, Args, Command, FromArgMatches, error::ErrorKind};
use http::uri::Authority;
use metrics::{Gauge, gauge};
use serde::Deserialize;
use url::Url;
use uuid::Uuid;

/// The document of the version that this binary was built from.
pub(crate) const BUILT_IN: &str = include_str!("../../../openapi/motcua.json");

/// The services that the built-in document names, and the ports that they listen at when nothing is said.
static SERVICES: LazyLock<BTreeMap<String, Described>> = LazyLock::new(|| {
    let described: Document = serde_json::from_str(BUILT_IN).expect("the document that is built in names its services");
    described.services
});

#[derive(Deserialize)]
struct Document {
    #[serde(rename = "x-services")]
    services: BTreeMap<String, Described>,
}

/// A service as `x-services` describes it.
#[derive(Deserialize)]
struct Described {
    port: u16,
    /// It answers whatever is no operation.
    #[serde(default)]
    pages: bool,
}

/// Host and port of each replica of a service; one at least. Written as their addresses, with commas between.
#[derive(Clone, Debug)]
struct Replicas(Vec<Authority>);

/// A service that answers operations.
#[derive(Debug)]
pub(crate) struct Upstream {
    /// As `x-service` names it.
    pub name: String,
    replicas: Replicas,
    turn: AtomicUsize,
    up: Gauge,
}

/// Every service that a document may name. As settings: an address for each service that the built-in document names,
/// `--NAME-url` or `MOTCUA_NAME_URL`.
#[derive(Clone, Debug)]
pub struct Upstreams(BTreeMap<String, Arc<Upstream>>);

impl FromStr for Replicas {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> Result<Self> {
        text.split(',').map(authority).collect::<Result<_>>().map(Self)
    }
}

impl Upstream {
    fn new(name: &str, replicas: &Replicas) -> Arc<Self> {
        let up = gauge!("gateway_upstream_up", "upstream" => name.to_owned());
        Arc::new(Self { name: name.to_owned(), replicas: replicas.clone(), turn: AtomicUsize::new(0), up })
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
    /// The service that answers every page.
    pub(crate) fn pages(&self) -> Option<Arc<Upstream>> {
        let (name, _) = SERVICES.iter().find(|(_, described)| described.pages)?;
        self.named(name)
    }

    /// The service that a document calls `name`.
    pub(crate) fn named(&self, name: &str) -> Option<Arc<Upstream>> {
        self.0.get(name).cloned()
    }
}

impl Args for Upstreams {
    fn augment_args(command: Command) -> Command {
        SERVICES.iter().fold(command, |command, (name, described)| {
            let setting = Arg::new(format!("{name}_url"))
                .long(format!("{name}-url"))
                .env(format!("MOTCUA_{}_URL", name.to_uppercase()))
                .default_value(format!("http://127.0.0.1:{}", described.port))
                .value_name("URL,…")
                .value_parser(Replicas::from_str)
                .add(runtime::Guard::inside_address())
                .help(format!("Addresses of the service {name}, one for each replica, with commas between"));
            command.arg(setting)
        })
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for Upstreams {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let read = |name: &String| {
            let replicas = matches.get_one::<Replicas>(&format!("{name}_url"));
            let replicas = replicas.ok_or_else(|| clap::Error::new(ErrorKind::MissingRequiredArgument))?;
            Ok((name.clone(), Upstream::new(name, replicas)))
        };
        SERVICES.keys().map(read).collect::<Result<_, _>>().map(Self)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
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
