//! Settings of the portal.

use std::path::PathBuf;

use url::Url;

/// Settings of the portal.
#[derive(Clone, Debug, clap::Args)]
pub struct Config {
    /// Where the portal listens.
    #[command(flatten)]
    pub listen: runtime::Listen,
    /// Where tokens come from.
    #[command(flatten)]
    pub token: edge::token::Settings,
    /// Address of the gateway, for the public API.
    #[arg(long, env = "MOTCUA_API_URL", default_value = "http://127.0.0.1:8080", value_name = "URL",
        add = runtime::Guard::inside_address())]
    pub api_url: Url,
    /// Redis connection URL, for sessions.
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
    /// Folder of the built style sheets, scripts and fonts, with their `manifest.json`; pages are unstyled when unset.
    #[arg(long, env = "MOTCUA_ASSETS", value_name = "FOLDER")]
    pub assets: Option<PathBuf>,
    /// Bytes a document or result may have, 100 MiB at most, as the pages say it; what is taken, submissions decides by the same
    /// setting.
    #[arg(
        long,
        env = "MOTCUA_DOCUMENT_LIMIT",
        default_value_t = files::USUAL_LIMIT,
        value_parser = clap::value_parser!(u64).range(1..=files::HIGHEST_LIMIT),
        value_name = "BYTES"
    )]
    pub document_limit: u64,
    /// Address of the sandbox's pages, named in a banner on every page; no banner when unset.
    #[arg(long, env = "MOTCUA_DEVELOPMENT_BANNER", value_name = "URL")]
    pub development_banner: Option<Url>,
}
