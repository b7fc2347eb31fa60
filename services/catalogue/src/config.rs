//! The settings of this service.

/// What the environment or the command line says.
#[derive(Clone, Debug, clap::Args)]
pub struct Config {
    /// Where it listens.
    #[command(flatten)]
    pub listen: runtime::Listen,
    /// Its database.
    #[command(flatten)]
    pub database: pg::Settings,
    /// The Redis of events.
    #[command(flatten)]
    pub queue: queue::Settings,
    /// Connection URL of the Redis that may forget, for cached answers; the Redis of events when unset.
    #[arg(long, env = "MOTCUA_CACHE_URL", hide_env_values = true, value_name = "URL")]
    pub cache_url: Option<String>,
    /// Whose tokens it believes.
    #[command(flatten)]
    pub token: edge::token::Settings,
}
