//! The addresses a service listens at, and the one by which people reach all of them.

use std::net::SocketAddr;

use url::Url;

use crate::{Guard, Values, guard::is_this_machine, settings::count};

/// Where a service takes requests.
#[derive(Clone, Debug, clap::Args)]
#[group(skip)]
pub struct Listen {
    /// Address of the service's API. Port 0 takes a free port.
    #[arg(long, env = "MOTCUA_LISTEN", value_name = "HOST:PORT")]
    pub listen: SocketAddr,
    /// Address of /livez, /readyz and /metrics. Not served when unset.
    #[arg(long, env = "MOTCUA_ADMIN", value_name = "HOST:PORT")]
    pub admin: Option<SocketAddr>,
    /// Threads that serve requests.
    #[arg(long, env = "MOTCUA_THREADS", default_value_t = 2, value_name = "COUNT", value_parser = count(1, 256))]
    pub threads: usize,
    /// Connections that one thread holds at once; further ones wait to be accepted.
    #[arg(long, env = "MOTCUA_CONNECTIONS", default_value_t = 8192, value_name = "COUNT", value_parser = count(1, 1_000_000))]
    pub connections: usize,
    /// Address by which people reach this installation. Beyond this machine it must be https, and dangerous settings are refused.
    #[arg(
        long,
        env = "MOTCUA_PUBLIC_URL",
        default_value = "http://127.0.0.1:8080",
        value_parser = origin,
        value_name = "URL",
        add = Guard::judged_by(private_or_https)
    )]
    pub public_url: Url,
}

/// Scheme, host and port: pages and callbacks are asked for at paths of their own.
fn origin(text: &str) -> Result<Url, String> {
    let url = Url::parse(text).map_err(|why| why.to_string())?;
    let bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none() && url.username().is_empty();
    match matches!(url.scheme(), "http" | "https") && bare {
        true => Ok(url),
        false => Err("an address as https://motcua.example.vn, without a path".into()),
    }
}

fn private_or_https(value: &str, _: &Values) -> Option<&'static str> {
    let url = Url::parse(value).ok()?;
    let readable = url.scheme() != "https" && !is_this_machine(&url);
    readable.then_some("is not an https address: passwords and papers could be read on the way")
}
