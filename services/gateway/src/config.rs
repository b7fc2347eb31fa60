//! Settings of the gateway.

use std::{fs::File, path::PathBuf};

use ipnet::IpNet;

use crate::upstream::Upstreams;

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
    #[arg(long, env = "MOTCUA_DOCUMENT", value_name = "FILE", value_parser = readable_file)]
    pub document: Option<PathBuf>,
    /// Networks of the proxies that are believed when they name a client in X-Forwarded-For, with commas between.
    #[arg(long, env = "MOTCUA_TRUSTED_PROXIES", value_delimiter = ',', value_name = "NETWORK,…",
        add = runtime::Guard::judged_by(believes_strangers))]
    pub trusted_proxies: Vec<IpNet>,
    /// Requests a second that one account, API client or (without token) address may send, four seconds' worth at once; 0 for
    /// any number.
    #[arg(long, env = "MOTCUA_REQUESTS_A_SECOND", default_value_t = 50, value_name = "COUNT")]
    pub requests_a_second: u32,
    /// Times a minute that one address may guess wrong (a password, a code, a client's secret, a tracking code), register or ask for
    /// a new password; 0 for any number. Who gets in is not counted: a whole office may stand behind one address.
    #[arg(long, env = "MOTCUA_GUESSES_A_MINUTE", default_value_t = 60, value_name = "COUNT")]
    pub guesses_a_minute: u32,
    /// Bytes a document or result may have, 100 MiB at most, as submissions has it: uploads of that size pass, and what is larger is told so.
    #[arg(
        long,
        env = "MOTCUA_DOCUMENT_LIMIT",
        default_value_t = files::USUAL_LIMIT,
        value_parser = clap::value_parser!(u64).range(1..=files::HIGHEST_LIMIT),
        value_name = "BYTES"
    )]
    pub document_limit: u64,
    /// Bytes a second that a file must bring, over half a minute, or it is refused: who sends it slower holds a connection from
    /// others. As submissions has it; 0 for any.
    #[arg(long, env = "MOTCUA_LEAST_UPLOAD_RATE", default_value_t = edge::USUAL_LEAST_RATE, value_name = "BYTES")]
    pub least_upload_rate: u64,
    /// The services that it asks.
    #[command(flatten)]
    pub upstreams: Upstreams,
}

/// A document that is not there would be noticed by the first gateway that starts, and not by whoever checks the settings.
fn readable_file(text: &str) -> Result<PathBuf, String> {
    File::open(text).map(|_| PathBuf::from(text)).map_err(|why| format!("it cannot be read ({why})"))
}

/// The largest networks that are somebody's own: 10.0.0.0/8, fc00::/7.
fn believes_strangers(networks: &str, _: &runtime::Values) -> Option<&'static str> {
    let is_wide = |network: IpNet| network.prefix_len() < if network.addr().is_ipv4() { 8 } else { 7 };
    let wide = networks.split(',').filter_map(|network| network.trim().parse().ok()).any(is_wide);
    wide.then_some(
        "believes strangers about where they come from, so that no limit holds them: name the networks of your own proxies only, as \
         10.0.7.0/24",
    )
}
