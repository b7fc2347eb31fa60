//! `compose.yaml`: a small office on one machine.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{
    assert_settable, assert_sound,
    container::{Container, SECRET, text, variables, words, yaml},
    known, services,
};

const FILE: &str = "compose.yaml";
const EXAMPLE: &str = "compose.env.example";

fn containers() -> Vec<Container> {
    let document = yaml(FILE).remove(0);
    let described = document["services"].as_object().unwrap();
    let ours = described
        .iter()
        .filter(|(_, service)| service["image"].as_str().is_some_and(|image| image.starts_with("motcua:")));
    let shared = environment(&document["x-settings"]);
    let described = ours.map(|(name, described)| {
        let (verb, service) = words(&described["command"]);
        let place = format!("{FILE}, {name}");
        let mut own = environment(&described["environment"]);
        own.retain(|variable, value| shared.get(variable) != Some(value));
        Container { place, verb, service, own, shared: shared.clone() }
    });
    described.collect()
}

fn environment(told: &Value) -> BTreeMap<String, String> {
    let told = told.as_object().unwrap().iter();
    told.map(|(name, value)| (name.clone(), filled_in(value.as_str().unwrap()))).collect()
}

/// `${NAME:-default}` and `${NAME:?meaning}` as an office that filled in the example would have them.
fn filled_in(value: &str) -> String {
    let Some((before, rest)) = value.split_once("${") else { return value.to_owned() };
    let (reference, after) = rest.split_once('}').expect("a closed reference");
    let (name, rest) = reference.split_once(':').expect("a default or a meaning");
    let example = variables(EXAMPLE).remove(name).filter(|value| !value.is_empty());
    let meant = match rest.strip_prefix('-') {
        Some(default) => example.unwrap_or_else(|| default.to_owned()),
        None if name.ends_with("_URL") => example.unwrap_or_else(|| "https://outside.example.vn/".to_owned()),
        None => example.unwrap_or_else(|| SECRET.to_owned()),
    };
    format!("{before}{meant}{}", filled_in(after))
}

#[test]
fn the_office_runs_every_part_with_settings_that_it_takes() {
    assert_sound(&containers());
}

#[test]
fn whatever_a_readme_says_may_be_set_can_be_set_in_the_office() {
    assert_settable(&containers(), &[]);
    // Where the office says nothing, the default holds.
    let text = text(FILE);
    for setting in services().iter().flat_map(|service| service.settings()) {
        let Some((_, rest)) = text.split_once(&format!("${{{}:-", setting.variable)) else { continue };
        let said = rest.split('}').next().unwrap_or_default();
        let chosen = ["MOTCUA_SMTP_PORT", "MOTCUA_SMTP_SECURITY"].contains(&setting.variable.as_str());
        assert!(chosen || said == setting.default.unwrap_or_default(), "{}: {said}", setting.variable);
    }
}

#[test]
fn what_all_in_the_office_are_told_somebody_knows() {
    let known = known();
    let told = environment(&yaml(FILE).remove(0)["x-settings"]);
    assert!(told.keys().all(|variable| known.contains(variable)), "{told:?}");
}

#[test]
fn the_example_has_what_must_be_filled_in_and_nothing_else() {
    let text = text(FILE);
    let references = text.split("${").skip(1).filter_map(|rest| rest.split_once(":?")).map(|(name, _)| name);
    let needed: BTreeSet<_> = references.filter(|name| !name.contains('}')).map(ToOwned::to_owned).collect();
    assert_eq!(variables(EXAMPLE).into_keys().collect::<BTreeSet<_>>(), needed);
}

#[test]
fn whatever_uses_a_database_waits_for_its_migration() {
    let document = yaml(FILE).remove(0);
    for container in containers().iter().filter(|container| container.verb != "migrate") {
        if !container.own.contains_key("MOTCUA_DATABASE_URL") {
            continue;
        }
        let name = container.place.rsplit(' ').next().unwrap();
        let condition =
            &document["services"][name]["depends_on"][format!("{}-migration", container.service)]["condition"];
        assert_eq!(condition, "service_completed_successfully", "{name}");
    }
}
