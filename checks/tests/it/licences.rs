//! Every crate that is linked has a licence and a source that deny.toml allows, and none that it bans: the part of cargo-deny that
//! needs no tool and no network.

use std::{collections::BTreeSet, fs, process::Command};

use checks::crates::root;
use serde_json::Value;
use toml::Table;

fn rules() -> Table {
    fs::read_to_string(root().join("deny.toml")).expect("deny.toml").parse().expect("TOML")
}

/// The texts of a list in deny.toml.
fn list(rules: &Table, section: &str, name: &str) -> BTreeSet<String> {
    let list = rules[section].get(name).and_then(|list| list.as_array()).expect("a list");
    list.iter().map(|one| one.as_str().or_else(|| one["crate"].as_str()).expect("a text").to_owned()).collect()
}

fn packages() -> Vec<Value> {
    let mut command = Command::new(env!("CARGO"));
    command.args([
        "metadata",
        "--offline",
        "--locked",
        "--format-version=1",
        "--filter-platform=x86_64-unknown-linux-gnu",
    ]);
    let output = command.current_dir(root()).output().expect("cargo");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    metadata["packages"].as_array().expect("packages").clone()
}

/// Whether a licence expression (SPDX, or the old form with a slash) can be met with what is allowed.
fn is_met(expression: &str, allowed: &BTreeSet<String>) -> bool {
    let plain = expression.replace('/', " OR ");
    // `AND` binds only brackets in all expressions there are: each part of it is a choice.
    plain.split(" AND ").all(|part| {
        let choices = part.trim_matches(|c| matches!(c, '(' | ')' | ' ')).split(" OR ");
        choices.into_iter().any(|choice| allowed.contains(choice.trim_matches(|c| matches!(c, '(' | ')' | ' '))))
    })
}

#[test]
fn what_is_linked_is_allowed() {
    let rules = rules();
    let (licences, sources) = (list(&rules, "licenses", "allow"), list(&rules, "sources", "allow-registry"));
    let banned = list(&rules, "bans", "deny");
    let mut wrong = Vec::new();
    for package in packages() {
        let name = package["name"].as_str().unwrap_or_default();
        let licence = package["license"].as_str().unwrap_or("none");
        if !is_met(licence, &licences) {
            wrong.push(format!("{name}: the licence {licence}"));
        }
        let source = package["source"].as_str().map(|source| source.trim_start_matches("registry+"));
        if source.is_some_and(|source| !sources.contains(source)) {
            wrong.push(format!("{name}: the source {}", source.unwrap_or_default()));
        }
        if banned.contains(name) {
            wrong.push(format!("{name}: banned, see deny.toml"));
        }
    }
    assert!(wrong.is_empty(), "deny.toml does not allow:\n{}", wrong.join("\n"));
}

#[test]
fn expressions_are_met_by_one_of_a_choice_and_all_of_a_list() {
    let allowed = BTreeSet::from(["MIT".to_owned(), "Unicode-3.0".to_owned()]);
    assert!(is_met("Apache-2.0 OR MIT", &allowed) && is_met("(MIT OR Apache-2.0) AND Unicode-3.0", &allowed));
    assert!(!is_met("GPL-3.0-only", &allowed) && !is_met("MIT AND GPL-3.0-only", &allowed));
}
