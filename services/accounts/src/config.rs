//! Settings, from flags or the environment.

/// The settings of accounts.
#[derive(Clone, clap::Args)]
pub struct Config {
    #[command(flatten)]
    pub backend: backend::Settings,
    /// How long an access token lives.
    #[arg(long, env = "MOTCUA_ACCESS_TOKEN_SECONDS", default_value_t = 600, value_name = "SECONDS",
        value_parser = clap::value_parser!(u32).range(30..=3600))]
    pub access_token_seconds: u32,
    /// How long a sign-in lives at most, however often it is refreshed.
    #[arg(long, env = "MOTCUA_SESSION_HOURS", default_value_t = 12, value_name = "HOURS",
        value_parser = clap::value_parser!(u32).range(1..=720))]
    pub session_hours: u32,
}

impl AsRef<backend::Settings> for Config {
    fn as_ref(&self) -> &backend::Settings {
        &self.backend
    }
}
