//! The addresses a service listens at.

use std::net::SocketAddr;

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
    #[arg(long, env = "MOTCUA_THREADS", default_value_t = 2, value_name = "COUNT")]
    pub threads: usize,
    /// Connections that one thread holds at once; further ones wait to be accepted.
    #[arg(long, env = "MOTCUA_CONNECTIONS", default_value_t = 8192, value_name = "COUNT")]
    pub connections: usize,
}
