//! Values of settings that are dangerous where others than the developer reach the installation.

use std::collections::BTreeMap;

use clap::builder::ArgExt;
use url::{Host, Url};

/// Letters that a secret has at least in public.
pub const SHORTEST_SECRET: usize = 16;

/// One half of a service, which may run without the other's settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Part {
    /// The API.
    Serve,
    /// The background work.
    Work,
}

/// What is asked of a setting's value. Stands where the setting is defined: `#[arg(…, add = Guard::secret())]`.
#[derive(Clone, Debug)]
pub struct Guard {
    rule: Rule,
    part: Option<Part>,
}

impl ArgExt for Guard {}

/// Why a value is refused, given the value and those of the service's other settings.
type Judge = fn(&str, &Values) -> Option<&'static str>;

#[derive(Clone, Copy, Debug)]
enum Rule {
    Secret,
    OwnValue,
    OutsideAddress,
    Judged(Judge),
    Everywhere(Judge),
}

impl Guard {
    /// A secret: never empty, and in public neither the published default nor short. One that is optional is none when empty.
    pub fn secret() -> Self {
        Self { rule: Rule::Secret, part: None }
    }

    /// A value whose default is published, or means the sandbox: every public installation has its own.
    pub fn own_value() -> Self {
        Self { rule: Rule::OwnValue, part: None }
    }

    /// The address of somebody outside: of another machine, since the sandbox is on this one, and by https.
    pub fn outside_address() -> Self {
        Self { rule: Rule::OutsideAddress, part: None }
    }

    /// A rule of the setting's own for public installations.
    pub fn judged_by(judge: Judge) -> Self {
        Self { rule: Rule::Judged(judge), part: None }
    }

    /// The same, also on the developer's machine: for what is no value of the setting at all and must not be shown when that is said.
    pub fn everywhere(judge: Judge) -> Self {
        Self { rule: Rule::Everywhere(judge), part: None }
    }

    /// Only this part uses the setting: the other need not be told it.
    pub fn only_for(self, part: Part) -> Self {
        Self { part: Some(part), ..self }
    }

    /// Why the service must not start with this value.
    pub(crate) fn refuses(&self, given: &Given<'_>, part: Option<Part>) -> Option<&'static str> {
        if part.is_some() && self.part.is_some() && self.part != part {
            return None;
        }
        let public = given.others.public_url().is_some_and(|url| !is_this_machine(&url));
        match self.rule {
            Rule::Secret if given.value.trim().is_empty() => Some("is empty"),
            Rule::Everywhere(judge) => judge(given.value, given.others),
            _ if !public => None,
            Rule::Secret | Rule::OwnValue if given.default == Some(given.value) => Some("is the published one"),
            Rule::Secret if given.value.trim().chars().count() < SHORTEST_SECRET => {
                Some("is shorter than a secret must be (16 letters)")
            }
            Rule::Secret | Rule::OwnValue => None,
            Rule::OutsideAddress => outside(given.value),
            Rule::Judged(judge) => judge(given.value, given.others),
        }
    }
}

/// A setting's value, as it was given.
pub(crate) struct Given<'a> {
    pub(crate) value: &'a str,
    pub(crate) default: Option<&'a str>,
    pub(crate) others: &'a Values,
}

/// The values of all settings of a service, by their variables.
#[derive(Debug, Default)]
pub struct Values(pub(crate) BTreeMap<String, String>);

impl Values {
    /// The value of a setting; `None` when it has none.
    pub fn of(&self, variable: &str) -> Option<&str> {
        self.0.get(variable).map(String::as_str)
    }

    pub(crate) fn public_url(&self) -> Option<Url> {
        self.of("MOTCUA_PUBLIC_URL").and_then(|text| Url::parse(text).ok())
    }
}

fn outside(value: &str) -> Option<&'static str> {
    match Url::parse(value) {
        Err(_) => Some("is not an address"),
        Ok(url) if is_this_machine(&url) => Some("is on this machine, as the sandbox is"),
        Ok(url) if url.scheme() != "https" => Some("is not an https address, so that others on the way read along"),
        Ok(_) => None,
    }
}

/// Whether an address leads to the machine that asks it.
pub(crate) fn is_this_machine(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => is_loopback(name),
        Some(Host::Ipv4(address)) => address.is_loopback() || address.is_unspecified(),
        Some(Host::Ipv6(address)) => address.is_loopback() || address.is_unspecified(),
        None => false,
    }
}

/// Whether a host's name or address is this machine's own (RFC 6761 §6.3 for names).
pub fn is_loopback(host: &str) -> bool {
    let name = host.trim_end_matches('.').to_ascii_lowercase();
    let address = name.trim_matches(['[', ']']).parse::<std::net::IpAddr>();
    name == "localhost" || name.ends_with(".localhost") || address.is_ok_and(|address| address.is_loopback())
}
