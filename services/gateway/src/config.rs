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
    #[arg(long, env = "MOTCUA_REQUESTS_A_SECOND", default_value_t = 50, value_name = "COUNT",
        add = runtime::Guard::limit())]
    pub requests_a_second: u32,
    /// Times a minute that one address may guess wrong (a password, a code, a client's secret, a tracking code), register or ask for
    /// a new password; 0 for any number. Who gets in is not counted: a whole office may stand behind one address.
    #[arg(long, env = "MOTCUA_GUESSES_A_MINUTE", default_value_t = 60, value_name = "COUNT",
        add = runtime::Guard::limit())]
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
    #[arg(long, env = "MOTCUA_LEAST_UPLOAD_RATE", default_value_t = edge::USUAL_LEAST_RATE, value_name = "BYTES",
        add = runtime::Guard::limit())]
    pub least_upload_rate: u64,
    /// The services that it asks.
    #[command(flatten)]
    pub upstreams: Upstreams,
}

/// A document that is not there would be noticed by the first gateway that starts, and not by whoever checks the settings.
fn readable_file(text: &str) -> Result<PathBuf, String> {
    File::open(text).map(|_| PathBuf::from(text)).map_err(|why| format!("it cannot be read ({why})"))
}

/// Networks that are somebody's own, however many addresses of them are named: of a house, a carrier's own, of one link, of one machine.
const OWN: [&str; 9] = [
    "10.0.0.0/8",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "100.64.0.0/10",
    "169.254.0.0/16",
    "127.0.0.0/8",
    "fc00::/7",
    "fe80::/10",
    "::1/128",
];
/// The widest stretches of the public Internet that belong to one who sends others' requests on.
const WIDEST: (u8, u8) = (12, 28);

fn believes_strangers(networks: &str, _: &runtime::Values) -> Option<&'static str> {
    let wide = networks.split(',').filter_map(|network| network.trim().parse().ok()).any(is_wide);
    wide.then_some(
        "believes strangers about where they come from, so that no limit holds them: name the networks of your own proxies only, as \
         10.0.7.0/24",
    )
}

/// Whether a network holds addresses of strangers.
fn is_wide(network: IpNet) -> bool {
    let network = mapped(network);
    let own = OWN.iter().filter_map(|own| own.parse::<IpNet>().ok()).any(|own| own.contains(&network));
    !own && network.prefix_len() < if network.addr().is_ipv4() { WIDEST.0 } else { WIDEST.1 }
}

/// A network of version 4 that is written in version 6 (`::ffff:0:0/96`).
fn mapped(network: IpNet) -> IpNet {
    let IpNet::V6(six) = network else { return network };
    let four = six.addr().to_ipv4_mapped().filter(|_| six.prefix_len() >= 96);
    four.and_then(|four| IpNet::new(four.into(), six.prefix_len() - 96).ok()).unwrap_or(network)
}
