//! The manifests of `k8s/base`, and what overlays change in them.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    process::Command,
};

use serde_json::Value;

use super::{
    FROM_SECRETS, assert_settable, assert_sound,
    container::{Container, SECRET, path, text, variables, words, yaml},
    known, service, services,
};

fn manifests() -> Vec<(String, Value)> {
    let files = services().into_iter().map(|service| format!("k8s/base/{}.yaml", service.name));
    files.flat_map(|file| yaml(&file).into_iter().map(move |manifest| (file.clone(), manifest))).collect()
}

fn of_kind(kind: &str) -> impl Iterator<Item = (String, Value)> {
    manifests().into_iter().filter(move |(_, manifest)| manifest["kind"] == kind)
}

fn containers() -> Vec<Container> {
    let shared = variables("k8s/base/settings.env");
    let workloads = of_kind("Deployment").chain(of_kind("Job"));
    let described = workloads.map(|(file, manifest)| {
        let container = &manifest["spec"]["template"]["spec"]["containers"][0];
        let (verb, service) = words(&container["args"]);
        let place = format!("{file}, {}", manifest["metadata"]["name"]);
        Container { place, verb, service, own: environment(container), shared: shared.clone() }
    });
    described.collect()
}

/// What stands in a secret is anything here; what refers to it by `$(…)` holds together with it.
fn environment(container: &Value) -> BTreeMap<String, String> {
    let mut variables = BTreeMap::new();
    for variable in container["env"].as_array().expect("variables") {
        let name = variable["name"].as_str().expect("a name").to_owned();
        let value = variable["value"].as_str().map_or_else(|| SECRET.to_owned(), ToOwned::to_owned);
        let value = variables.iter().fold(value, |value: String, (earlier, known): (&String, &String)| {
            value.replace(&format!("$({earlier})"), known)
        });
        assert!(!value.contains("$("), "{name} refers to what is not defined before it: {value}");
        variables.insert(name, value);
    }
    variables
}

#[test]
fn the_cluster_runs_every_part_with_settings_that_it_takes() {
    assert_sound(&containers());
}

#[test]
fn whatever_a_readme_says_may_be_set_can_be_set_in_the_cluster() {
    assert_settable(&containers(), &FROM_SECRETS);
}

#[test]
fn what_all_are_told_somebody_knows() {
    let known = known();
    let told = variables("k8s/base/settings.env");
    assert!(told.keys().all(|variable| known.contains(variable)), "{told:?}");
    for overlay in ["office", "province", "nation"] {
        let own = variables(&format!("k8s/overlays/{overlay}/settings.env"));
        assert!(
            own.keys().all(|variable| told.contains_key(variable)),
            "{overlay} replaces what is not there: {own:?}"
        );
    }
}

#[test]
fn no_file_of_the_cluster_names_a_variable_that_nobody_knows() {
    let known = known();
    let mut folders = vec![path("k8s")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if entry.is_dir() {
                folders.push(entry);
                continue;
            }
            let text = fs::read_to_string(&entry).unwrap();
            let words = text.split(|letter: char| !(letter.is_ascii_uppercase() || letter == '_'));
            for word in words.filter(|word| word.starts_with("MOTCUA_") && word.len() > "MOTCUA_".len()) {
                assert!(known.contains(word) || word == "MOTCUA_LOG", "{}: {word}", entry.display());
            }
        }
    }
}

#[test]
fn where_spans_are_told_is_a_variable_that_check_config_lists() {
    let output = Command::new(env!("CARGO_BIN_EXE_motcua")).arg("check-config").output().expect("it runs");
    let listed = String::from_utf8(output.stdout).unwrap();
    let told = variables("k8s/components/tracing/collector.env");
    assert_eq!(told.len(), 1);
    assert!(told.keys().all(|variable| listed.contains(variable)), "{told:?} in {listed}");
}

#[test]
fn every_port_is_the_services_own() {
    for (file, manifest) in of_kind("Service") {
        let name = manifest["metadata"]["name"].as_str().unwrap();
        assert_eq!(manifest["spec"]["ports"][0]["port"], service(name).port, "{file}");
    }
    for (file, manifest) in of_kind("Deployment") {
        let container = &manifest["spec"]["template"]["spec"]["containers"][0];
        let (verb, name) = words(&container["args"]);
        let expected = if verb == "serve" { Value::from(service(&name).port) } else { Value::Null };
        assert_eq!(container["ports"][0]["containerPort"], expected, "{file}");
    }
    let common = &yaml("k8s/base/patches/service.yaml")[0]["spec"]["template"]["spec"]["containers"][0];
    let admin = common["ports"][0]["containerPort"].as_u64().unwrap();
    assert_eq!(variables("k8s/base/settings.env")["MOTCUA_ADMIN"], format!("0.0.0.0:{admin}"));
}

#[test]
fn the_image_tells_what_its_binary_knows_and_names_its_ports() {
    let dockerfile = text("Dockerfile");
    let known = known();
    let told = dockerfile.split_whitespace().filter_map(|word| word.split_once('=')).map(|(name, _)| name);
    for name in told.filter(|name| name.starts_with("MOTCUA_")) {
        assert!(known.contains(name), "{name}");
    }
    let exposed = dockerfile.lines().find_map(|line| line.strip_prefix("EXPOSE ")).unwrap();
    let exposed: BTreeSet<u16> = exposed.split_whitespace().map(|port| port.parse().unwrap()).collect();
    assert_eq!(exposed, services().iter().map(|service| service.port).chain([9000]).collect());
}
