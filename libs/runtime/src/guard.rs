//! Values of settings that are dangerous where others than the developer reach the installation.

use std::collections::{BTreeMap, BTreeSet};

use clap::builder::ArgExt;
use url::{Host, Url};

/// Letters that a secret has at least in public.
pub const SHORTEST_SECRET: usize = 16;

/// Different letters that a secret has at least: random ones of sixteen hexadecimal digits have ten or so.
const FEWEST_LETTERS: usize = 6;
/// With these the driver holds the server against authorities that it believes; there is no TLS without that here.
const TLS_MODES: [&str; 3] = ["require", "verify-ca", "verify-full"];

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
    published: Option<&'static str>,
}

impl ArgExt for Guard {}

/// Why a value is refused, given the value and those of the service's other settings.
type Judge = fn(&str, &Values) -> Option<&'static str>;

#[derive(Clone, Copy, Debug)]
enum Rule {
    Secret,
    OwnValue,
    OutsideAddress,
    OwnAddress,
    InsideAddress,
    Judged(Judge),
    Everywhere(Judge),
}

impl Guard {
    fn of(rule: Rule) -> Self {
        Self { rule, part: None, published: None }
    }

    /// A secret: never empty, and in public neither a published one nor short nor easily thought of. One that is optional is none when empty.
    pub fn secret() -> Self {
        Self::of(Rule::Secret)
    }

    /// A value whose default is published, or means the sandbox: every public installation has its own.
    pub fn own_value() -> Self {
        Self::of(Rule::OwnValue)
    }

    /// An address of the installation's own that people and programs are told: not the published one, and by https.
    pub fn own_address() -> Self {
        Self::of(Rule::OwnAddress)
    }

    /// The address of somebody outside: of another machine, since the sandbox is on this one, by https, and none where nothing is real.
    pub fn outside_address() -> Self {
        Self::of(Rule::OutsideAddress)
    }

    /// The address of another part of the installation: on this machine, by TLS, or in a network where nobody else reads along.
    pub fn inside_address() -> Self {
        Self::of(Rule::InsideAddress)
    }

    /// A rule of the setting's own for public installations.
    pub fn judged_by(judge: Judge) -> Self {
        Self::of(Rule::Judged(judge))
    }

    /// A limit, which 0 switches off: in public there is one.
    pub fn limit() -> Self {
        Self::judged_by(|value, _| (value.trim() == "0").then_some("is 0, so that nothing is limited: set a number"))
    }

    /// A rule of the setting's own, also on the developer's machine: for what is no value of the setting at all and must not be shown when that is said.
    pub fn everywhere(judge: Judge) -> Self {
        Self::of(Rule::Everywhere(judge))
    }

    /// Not this value either, which is published though it is not the default.
    pub fn and_not(self, published: &'static str) -> Self {
        Self { published: Some(published), ..self }
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
            Rule::Secret if given.value.trim().is_empty() => Some("is empty: set the secret that was agreed on"),
            Rule::Everywhere(judge) => judge(given.value, given.others),
            _ if !public => None,
            Rule::Secret | Rule::OwnValue | Rule::OwnAddress if self.is_published(given) => {
                Some("is the published one: set this installation's own")
            }
            Rule::Secret => easily_guessed(given.value.trim()),
            Rule::OwnValue => None,
            Rule::OwnAddress => in_clear(given.value),
            Rule::OutsideAddress => outside(given),
            Rule::InsideAddress => inside(given),
            Rule::Judged(judge) => judge(given.value, given.others),
        }
    }
}

impl Guard {
    fn is_published(&self, given: &Given<'_>) -> bool {
        // Blanks around it make no other secret of it.
        [given.default, self.published].contains(&Some(given.value.trim()))
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

    /// Whether a setting that is true or false is true.
    pub(crate) fn says(&self, variable: &str) -> bool {
        self.of(variable) == Some("true")
    }

    pub(crate) fn public_url(&self) -> Option<Url> {
        self.of("MOTCUA_PUBLIC_URL").and_then(|text| Url::parse(text).ok())
    }
}

/// Why a secret is none that nobody thinks of.
fn easily_guessed(secret: &str) -> Option<&'static str> {
    let letters: Vec<char> = secret.chars().collect();
    if letters.len() < SHORTEST_SECRET {
        return Some("is shorter than a secret must be (16 letters): make one, as by `openssl rand -hex 32`");
    }
    let distinct = letters.iter().collect::<BTreeSet<_>>().len();
    let repeats =
        (1..=letters.len() / 2).any(|part| letters.iter().zip(&letters[part..]).all(|(one, next)| one == next));
    let counts = |pair: &[char]| u32::from(pair[0]).abs_diff(u32::from(pair[1])) <= 1;
    // Of random letters a few stand beside their neighbours, of rows of letters nearly all.
    let in_a_row = letters.windows(2).filter(|pair| counts(pair)).count() * 10 >= letters.len() * 8;
    let simple = distinct < FEWEST_LETTERS || repeats || in_a_row;
    simple.then_some(
        "repeats itself or counts on, so that it is soon guessed: make one at random, as by `openssl rand -hex 32`",
    )
}

fn outside(given: &Given<'_>) -> Option<&'static str> {
    let accepted = given.others.says("MOTCUA_ACCEPTANCE");
    match Url::parse(given.value) {
        Err(_) => Some("is not an address: write it as https://example.vn/path"),
        Ok(url) if is_this_machine(&url) => Some("is on this machine, as the sandbox is: set the provider's address"),
        Ok(url) if url.scheme() != "https" => {
            Some("is not an https address, so that others on the way read along: begin it with https")
        }
        Ok(url) if !accepted && url.host_str().is_some_and(|host| host.starts_with("sandbox.")) => Some(
            "is a provider's test environment, where nobody pays: set the one of your contract, or MOTCUA_ACCEPTANCE=true while this \
             installation is only tried",
        ),
        Ok(_) => None,
    }
}

/// Why an address must not be asked as it stands: others on the way read along.
fn in_clear(value: &str) -> Option<&'static str> {
    match Url::parse(value) {
        Ok(url) if url.scheme() == "https" || is_this_machine(&url) => None,
        _ => Some("is not an https address, so that others on the way read along: begin it with https"),
    }
}

fn inside(given: &Given<'_>) -> Option<&'static str> {
    let private = given.others.says("MOTCUA_PRIVATE_NETWORK");
    let addresses: Vec<_> = match given.value.starts_with("http") {
        true => given.value.split(',').map(str::trim).collect(),
        false => vec![given.value],
    };
    let in_clear = |address: &str| match Url::parse(address) {
        Ok(url) => (!is_this_machine(&url) || names_another_host(&url)) && !is_protected(&url),
        // Several hosts of one database.
        Err(_) => !TLS_MODES.iter().any(|mode| address.contains(&format!("sslmode={mode}"))),
    };
    (!private && addresses.into_iter().any(in_clear)).then_some(
        "is on another machine and asked in clear: use TLS (sslmode=verify-full, rediss://, https://), or set \
         MOTCUA_PRIVATE_NETWORK=true where nobody else reads along between the machines of this installation",
    )
}

/// Whether an address is asked by TLS. A database's socket leads nowhere.
fn is_protected(url: &Url) -> bool {
    match url.scheme() {
        "https" | "rediss" => true,
        "postgres" | "postgresql" => {
            let mut words = url.query_pairs();
            let tls = words.any(|(name, mode)| name == "sslmode" && TLS_MODES.contains(&&*mode));
            let socket = url.host_str().is_none_or(|host| host.is_empty() || host.starts_with("%2F"));
            tls || socket && !names_another_host(url)
        }
        _ => false,
    }
}

/// Whether a database's address names another machine in its parameters, which count before its host.
fn names_another_host(url: &Url) -> bool {
    let mut words = url.query_pairs();
    words.any(|(name, host)| matches!(&*name, "host" | "hostaddr") && !host.starts_with('/') && !is_loopback(&host))
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
