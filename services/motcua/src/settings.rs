//! `check-config`: the settings of the services, and whether the environment fits them.

use std::{collections::BTreeSet, env, fmt::Write};

use anyhow::Result;
use runtime::{Part, Service, Setting, telemetry::wrong_variables};

use crate::{service, services};

/// Variables of the binary itself, whatever it serves.
const OWN: [(&str, &str); 2] = [
    ("MOTCUA_LOG", "What is logged, as `warn` or `info,queue=debug`."),
    ("OTEL_EXPORTER_OTLP_ENDPOINT", "Collector that is told spans, by OTLP over HTTP; unset, nobody."),
];

/// Slips of the hand within which a name is taken for another.
const FARTHEST: usize = 4;

/// The settings of one service (or of all) as a table, and what is wrong with them in this environment: variables that begin with
/// `MOTCUA_` and that no service knows, what is malformed or dangerous; for one service also what is missing, as each of its parts would say
/// when it starts.
///
/// # Errors
/// A sentence when there is no such service.
pub fn check(name: Option<&str>, part: Option<Part>) -> Result<(String, Vec<String>)> {
    let chosen = match name {
        Some(name) => vec![service(name)?],
        None => services(),
    };
    let checked = chosen.iter().flat_map(|service| match name {
        Some(_) => judged(service, part),
        None => service.check_given(&[]).err().map(|why| why.to_string()).into_iter().collect(),
    });
    let wrong = unknown().into_iter().chain(checked);
    Ok((chosen.iter().map(table).chain([own()]).collect(), wrong.collect()))
}

/// What the parts of a service would say when they start: `serve` and `work` need not know each other's settings.
fn judged(service: &Service, part: Option<Part>) -> Vec<String> {
    let both = [
        ("serve", Part::Serve, service.document().is_some() || !service.works()),
        ("work", Part::Work, service.works()),
    ];
    let parts = both.into_iter().filter(|(_, of, is_there)| part.map_or(*is_there, |chosen| chosen == *of));
    let outcomes: Vec<_> =
        parts.map(|(name, of, _)| (name, service.check(Some(of), &[]).err().map(|why| why.to_string()))).collect();
    match outcomes.iter().all(|(_, outcome)| *outcome == outcomes[0].1) {
        true => outcomes.into_iter().take(1).filter_map(|(_, outcome)| outcome).collect(),
        false => {
            let told = |(name, why): (&str, Option<String>)| Some(format!("motcua {name} {}: {}", service.name, why?));
            outcomes.into_iter().filter_map(told).collect()
        }
    }
}

/// A sentence about each variable that no service knows (a misspelt one would silently leave a default in force), or that is nonsense.
pub fn unknown() -> Vec<String> {
    let all = services();
    let settings: Vec<_> = all.iter().flat_map(Service::settings).collect();
    let known: BTreeSet<_> =
        settings.iter().map(|setting| setting.variable.as_str()).chain(OWN.map(|(name, _)| name)).collect();
    let given = env::vars_os().filter_map(|(name, _)| name.into_string().ok());
    // Fault tests have a build for tests die there, and believe a clock that jumps.
    let known_here = |name: &str| {
        known.contains(name) || cfg!(debug_assertions) && ["MOTCUA_FAILPOINT", "MOTCUA_CLOCK_BELIEVED"].contains(&name)
    };
    let unknown = given.filter(|name| name.starts_with("MOTCUA_") && !known_here(name));
    unknown.map(|name| no_such(&name, &known)).chain(wrong_variables()).collect()
}

fn no_such(name: &str, known: &BTreeSet<&str>) -> String {
    let near = known.iter().map(|one| (strsim::damerau_levenshtein(name, one), *one)).min();
    let meant = near.filter(|(distance, _)| *distance <= FARTHEST);
    let advice = meant.map_or_else(
        || "unset it, or look in the table of `motcua check-config` for what is meant".to_owned(),
        |(_, meant)| format!("did you mean {meant}?"),
    );
    format!("No service knows the variable {name}: {advice}")
}

fn own() -> String {
    let line = |(name, help)| {
        let value = env::var(name).unwrap_or_else(|_| "(unset)".into());
        format!("  {name:<36} {value:<48} {help}\n")
    };
    format!("every part\n{}\n", OWN.map(line).concat())
}

fn table(service: &Service) -> String {
    let mut text = format!("{}\n", service.name);
    for setting in service.settings() {
        let value = value(&setting);
        // Writing to a String cannot fail.
        let _ = writeln!(text, "  {:<36} {:<48} {}", setting.variable, value, setting.help);
    }
    text.push('\n');
    text
}

fn value(setting: &Setting) -> String {
    match (env::var(&setting.variable), &setting.default) {
        (Ok(_), _) if setting.secret => "(set, not shown)".into(),
        (Ok(value), _) => value,
        (Err(_), Some(_)) if setting.secret => "(default, not shown)".into(),
        (Err(_), Some(default)) => format!("{default} (default)"),
        (Err(_), None) if setting.required => "MISSING".into(),
        (Err(_), None) => "(unset)".into(),
    }
}
