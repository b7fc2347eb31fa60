//! The settings of a service: read from flags and the environment, listed, and refused when they are dangerous.

use anyhow::{Result, anyhow, ensure};
use clap::{ArgMatches, Args, Command};
use url::Url;

use crate::{Guard, Part, Values, answered_for::AnsweredFor, authorities, guard::Given};

/// One setting of a service, as `check-config` and the manifests' test read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// The environment variable.
    pub variable: String,
    /// The flag that overrides it.
    pub flag: String,
    /// Its value when nothing is said; `None` when it is required or optional without default.
    pub default: Option<String>,
    /// Must be given.
    pub required: bool,
    /// Its value is never shown.
    pub secret: bool,
    /// What it means.
    pub help: String,
}

/// The parser of a setting that counts something: a whole number from `least` to `most`.
pub fn count(least: usize, most: usize) -> impl Fn(&str) -> Result<usize, String> + Clone + Send + Sync + 'static {
    move |text| match text.parse() {
        Ok(count) if (least..=most).contains(&count) => Ok(count),
        _ => Err(format!("a whole number from {least} to {most}")),
    }
}

/// The parser of a setting that is an address of HTTP. Kept as it was written: others compare it letter by letter.
///
/// # Errors
/// What it should look like.
pub fn http_address(text: &str) -> Result<String, String> {
    match Url::parse(text) {
        Ok(url) if matches!(url.scheme(), "http" | "https") && url.has_host() => Ok(text.to_owned()),
        _ => Err("an address as https://example.vn/path".into()),
    }
}

/// The parser of a setting that is the address of a Redis.
///
/// # Errors
/// What it should look like.
pub fn redis_address(text: &str) -> Result<String, String> {
    match Url::parse(text) {
        Ok(url) if matches!(url.scheme(), "redis" | "rediss") && url.has_host() => Ok(text.to_owned()),
        _ => Err("an address as redis://:password@host:6379/, or rediss:// for TLS".into()),
    }
}

/// The settings of one service.
#[derive(Clone)]
pub(crate) struct Settings {
    command: Command,
}

impl Settings {
    /// Those that `C` describes; the service listens at `port` on loopback unless told otherwise.
    pub(crate) fn of<C: Args>(service: &'static str, port: u16) -> Self {
        let command = C::augment_args(Command::new(service).no_binary_name(true).args_override_self(true));
        let command = AnsweredFor::augment_args(authorities::CaFile::augment_args(command));
        let listens = command.get_arguments().any(|arg| arg.get_id() == "listen");
        let command = match listens {
            true => command.mut_arg("listen", |arg| arg.required(false).default_value(format!("127.0.0.1:{port}"))),
            false => command,
        };
        Self { command }
    }

    /// In the order of the service's `config.rs`.
    pub(crate) fn list(&self) -> Vec<Setting> {
        self.command.get_arguments().filter_map(setting).collect()
    }

    /// Their values, by `flags` and the environment.
    pub(crate) fn read(&self, flags: &[String]) -> Result<ArgMatches> {
        self.parse(self.command.clone(), flags)
    }

    /// As [`Settings::read`], but none need be given.
    pub(crate) fn read_given(&self, flags: &[String]) -> Result<ArgMatches> {
        self.parse(self.command.clone().mut_args(|arg| arg.required(false)), flags)
    }

    /// An optional secret that is empty is none: nothing is ever signed with the empty key.
    fn parse(&self, command: Command, flags: &[String]) -> Result<ArgMatches> {
        let parsed = command.try_get_matches_from(flags);
        let mut matches = parsed
            .map_err(|why| anyhow!("The settings of {} cannot be used: {}", self.command.get_name(), sentence(&why)))?;
        for arg in self.command.get_arguments().filter(|arg| is_optional_secret(arg)) {
            if raw(&matches, arg).is_some_and(|value| value.trim().is_empty()) {
                matches.try_clear_id(arg.get_id().as_str())?;
            }
        }
        authorities::believe_settings(&matches);
        Ok(matches)
    }

    /// The one place that decides which settings are too dangerous to start with; what is asked of each stands beside it.
    pub(crate) fn refuse_dangers(&self, matches: &ArgMatches, part: Option<Part>) -> Result<()> {
        let given = |arg: &clap::Arg| Some((variable(arg)?, raw(matches, arg)?));
        let others = Values(self.command.get_arguments().filter_map(given).collect());
        let refused = self.command.get_arguments().filter_map(|arg| {
            let (variable, value) = given(arg)?;
            let default = default(arg);
            let given = Given { value: &value, default: default.as_deref(), others: &others };
            let why = arg.get::<Guard>()?.refuses(&given, part)?;
            Some(format!("{variable} {why}"))
        });
        let refused: Vec<_> = refused.collect();
        let public = others.public_url().map(|url| url.origin().ascii_serialization()).unwrap_or_default();
        ensure!(
            refused.is_empty(),
            "The settings of {} are dangerous for an installation at {public}: {}.",
            self.command.get_name(),
            refused.join(". ")
        );
        Ok(())
    }
}

fn setting(arg: &clap::Arg) -> Option<Setting> {
    Some(Setting {
        variable: variable(arg)?,
        flag: format!("--{}", arg.get_long()?),
        default: default(arg),
        required: arg.is_required_set(),
        secret: arg.is_hide_env_values_set(),
        help: arg.get_help().map(ToString::to_string).unwrap_or_default(),
    })
}

fn variable(arg: &clap::Arg) -> Option<String> {
    Some(arg.get_env()?.to_string_lossy().into_owned())
}

fn default(arg: &clap::Arg) -> Option<String> {
    arg.get_default_values().first().map(|value| value.to_string_lossy().into_owned())
}

/// A setting's value as it was given, or its default.
fn raw(matches: &ArgMatches, arg: &clap::Arg) -> Option<String> {
    let values = matches.try_get_raw(arg.get_id().as_str()).ok()??;
    // Of a list all of it, as it was written.
    Some(values.map(|value| value.to_string_lossy()).collect::<Vec<_>>().join(","))
}

fn is_optional_secret(arg: &clap::Arg) -> bool {
    arg.is_hide_env_values_set() && !arg.is_required_set() && arg.get_default_values().is_empty()
}

/// What clap says of a wrong setting, in one line and without its usage.
pub(crate) fn sentence(why: &clap::Error) -> String {
    let text = why.to_string();
    let lines =
        text.lines().take_while(|line| !line.starts_with("Usage:")).map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join(" ").trim_start_matches("error: ").to_owned()
}
