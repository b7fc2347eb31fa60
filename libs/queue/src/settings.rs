//! Which Redis carries the events.

/// Which Redis carries the events between services, and under which names.
#[derive(Clone, Debug, clap::Args)]
#[group(skip)]
pub struct Settings {
    /// Redis connection URL.
    #[arg(
        long,
        env = "MOTCUA_REDIS_URL",
        hide_env_values = true,
        default_value = "redis://127.0.0.1:6379/",
        value_parser = runtime::redis_address,
        value_name = "URL",
        add = runtime::Guard::inside_address()
    )]
    pub redis_url: String,
    /// First part of every stream's name; the same for all services of an installation.
    #[arg(long, env = "MOTCUA_STREAM_PREFIX", default_value = "motcua:", value_name = "PREFIX")]
    pub stream_prefix: String,
}
