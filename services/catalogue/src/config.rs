//! The settings of this service.

/// What the environment or the command line says.
#[derive(Clone, Debug, clap::Args)]
pub struct Config {
    #[command(flatten)]
    pub backend: backend::Settings,
    /// Connection URL of the Redis that may forget, for cached answers; the Redis of events when unset.
    #[arg(long, env = "MOTCUA_CACHE_URL", hide_env_values = true, value_name = "URL",
        value_parser = runtime::redis_address, add = runtime::Guard::inside_address())]
    pub cache_url: Option<String>,
}

impl AsRef<backend::Settings> for Config {
    fn as_ref(&self) -> &backend::Settings {
        &self.backend
    }
}
