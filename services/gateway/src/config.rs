//! Settings of the gateway.

use std::path::PathBuf;

use url::Url;

/// Settings of the gateway.
#[derive(Clone, Debug, clap::Args)]
pub struct Config {
    /// Where the gateway listens.
    #[command(flatten)]
    pub listen: runtime::Listen,
    /// Where tokens come from.
    #[command(flatten)]
    pub token: edge::token::Settings,
    /// The merged OpenAPI 3.1 document; the one that this version was built with when unset.
    #[arg(long, env = "MOTCUA_DOCUMENT", value_name = "FILE")]
    pub document: Option<PathBuf>,
    /// Address by which people reach this installation.
    #[arg(long, env = "MOTCUA_PUBLIC_URL", default_value = "http://127.0.0.1:8080", value_name = "URL")]
    pub public_url: Url,
    /// Addresses of the accounts service, one for each replica, with commas between.
    #[arg(
        long,
        env = "MOTCUA_ACCOUNTS_URL",
        default_value = "http://127.0.0.1:8081",
        value_delimiter = ',',
        value_name = "URL,…"
    )]
    pub accounts_url: Vec<Url>,
    /// Addresses of the submissions service, one for each replica, with commas between.
    #[arg(
        long,
        env = "MOTCUA_SUBMISSIONS_URL",
        default_value = "http://127.0.0.1:8082",
        value_delimiter = ',',
        value_name = "URL,…"
    )]
    pub submissions_url: Vec<Url>,
    /// Addresses of the payments service, one for each replica, with commas between.
    #[arg(
        long,
        env = "MOTCUA_PAYMENTS_URL",
        default_value = "http://127.0.0.1:8083",
        value_delimiter = ',',
        value_name = "URL,…"
    )]
    pub payments_url: Vec<Url>,
    /// Addresses of the notifications service, one for each replica, with commas between.
    #[arg(
        long,
        env = "MOTCUA_NOTIFICATIONS_URL",
        default_value = "http://127.0.0.1:8084",
        value_delimiter = ',',
        value_name = "URL,…"
    )]
    pub notifications_url: Vec<Url>,
}
