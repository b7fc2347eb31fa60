//! What a cluster (`k8s/`) and a small office (`compose.yaml`) are told, held against what the services know.

mod cluster;
pub mod container;
mod office;

use std::{collections::BTreeSet, fs, process::Command};

use runtime::{Role, Service, Setting};

use self::container::Container;

/// Settings that READMEs name and no manifest tells, and why.
const NOT_TOLD: [(&str, &str); 6] = [
    ("MOTCUA_CA_FILE", "whoever has an authority of her own mounts its file (k8s/README.md)"),
    ("MOTCUA_CLAMD", "whoever has a scanner names it (services/submissions/README.md)"),
    ("MOTCUA_ASSETS", "the image has them"),
    ("MOTCUA_DOCUMENTS_DIR", "the image has its folder, and a volume is mounted there"),
    ("MOTCUA_DEVELOPMENT_BANNER", "there is no sandbox"),
    ("MOTCUA_DATABASE_ROLE", "told to migrations alone"),
];
/// Told by a secret of the operator's own in a cluster (k8s/README.md), and therefore not by its manifests.
const FROM_SECRETS: [&str; 2] = ["MOTCUA_FILE_KEY", "MOTCUA_PREVIOUS_FILE_KEYS"];

/// Variables of the binary itself.
const OWN: [&str; 1] = ["MOTCUA_LOG"];

/// Every service that runs for real: the sandbox plays the outside installation on a developer's machine only.
fn services() -> Vec<Service> {
    motcua::services().into_iter().filter(|service| service.role != Role::Sandbox).collect()
}

fn service(name: &str) -> Service {
    services().into_iter().find(|service| service.name == name).unwrap_or_else(|| panic!("no service {name}"))
}

/// Every variable that some service knows.
fn known() -> BTreeSet<String> {
    services().iter().flat_map(|service| service.settings()).map(|setting| setting.variable).collect()
}

/// The commands that an installation runs.
fn commands() -> BTreeSet<(String, String)> {
    let of = |service: &Service| {
        let mut verbs = vec!["serve"];
        verbs.extend(service.works().then_some("work"));
        verbs.extend(service.migrates().then_some("migrate"));
        verbs.into_iter().map(|verb| (verb.to_owned(), service.name.to_owned())).collect::<Vec<_>>()
    };
    services().iter().flat_map(of).collect()
}

/// Every variable is one of the service's, or of those that all are told.
fn assert_known(container: &Container) {
    let known: BTreeSet<_> = service(&container.service).settings().into_iter().map(|known| known.variable).collect();
    for variable in container.own.keys().filter(|variable| variable.starts_with("MOTCUA_")) {
        assert!(
            known.contains(variable) || OWN.contains(&variable.as_str()),
            "{}: {variable} is no setting of {}",
            container.place,
            container.service
        );
    }
}

/// The service takes the settings, and none of those that it uses stays with what is right on a developer's machine only.
fn assert_complete(container: &Container) {
    if container.verb == "migrate" {
        let settings = service(&container.service).settings();
        let needed = settings.iter().filter(|setting| setting.required).map(|setting| &setting.variable);
        needed.for_each(|variable| {
            assert!(container.variables().contains_key(variable), "{}: {variable}", container.place)
        });
        return;
    }
    let mut check = Command::new(env!("CARGO_BIN_EXE_motcua"));
    let words = ["check-config", &container.service, &container.verb];
    let output = check.args(words).env_clear().envs(container.variables()).output().expect("it runs");
    assert!(output.status.success(), "{}: {}", container.place, String::from_utf8_lossy(&output.stderr));
    let variables = container.variables();
    for setting in service(&container.service).settings() {
        let unused = container.verb == "work" && setting.variable == "MOTCUA_LISTEN";
        assert!(
            unused || variables.contains_key(&setting.variable) || !of_a_developers_machine(&setting),
            "{}: {} keeps its default {:?}",
            container.place,
            setting.variable,
            setting.default
        );
    }
}

fn of_a_developers_machine(setting: &Setting) -> bool {
    setting.default.as_deref().is_some_and(|default| default.contains("127.0.0.1") || default.contains("localhost"))
}

/// Defaults of secrets are published, so each is set where a service uses it: in one of its containers at least.
fn assert_no_published_secret(containers: &[Container]) {
    for service in services() {
        for setting in service.settings().into_iter().filter(|setting| setting.secret && setting.default.is_some()) {
            let mut own = containers.iter().filter(|container| container.service == service.name);
            assert!(
                own.any(|container| container.variables().contains_key(&setting.variable)),
                "{} keeps its published {}",
                service.name,
                setting.variable
            );
        }
    }
}

/// An API listens to everybody at the service's port, which is what its neighbours ask.
fn assert_port(container: &Container) {
    if container.verb == "serve" {
        let expected = format!("0.0.0.0:{}", service(&container.service).port);
        assert_eq!(container.variables().get("MOTCUA_LISTEN"), Some(&expected), "{}", container.place);
    }
}

/// Addresses of our own services name a service and its port.
fn assert_addresses(container: &Container) {
    for (variable, value) in container.variables() {
        for service in services() {
            let Some((_, rest)) = value.split_once(&format!("//{}:", service.name)) else { continue };
            // In a database's address the service is the user's name.
            if variable == "MOTCUA_DATABASE_URL" {
                continue;
            }
            let asked = rest.split('/').next().expect("a port");
            assert_eq!(asked, service.port.to_string(), "{}: {variable} is {value}", container.place);
        }
    }
}

/// All of the above, and that exactly the right commands are run.
fn assert_sound(containers: &[Container]) {
    let run: Vec<_> = containers.iter().map(|container| (container.verb.clone(), container.service.clone())).collect();
    assert_eq!(run.iter().cloned().collect::<BTreeSet<_>>(), commands());
    assert_eq!(run.len(), commands().len(), "each once");
    for container in containers {
        assert_known(container);
        assert_complete(container);
        assert_port(container);
        assert_addresses(container);
    }
    assert_no_published_secret(containers);
}

/// Every setting that some README tells an operator of.
fn told_by_readmes() -> BTreeSet<String> {
    let known = known();
    let mut folders = vec![container::path("")];
    let mut told = BTreeSet::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
            let name = entry.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if entry.is_dir() && !["target", "var", "node_modules"].contains(&&*name) && !name.starts_with('.') {
                folders.push(entry);
            } else if name == "README.md" {
                let text = fs::read_to_string(&entry).expect("a text");
                let words = text.split(|letter: char| !(letter.is_ascii_uppercase() || letter == '_'));
                told.extend(words.filter(|word| known.contains(*word)).map(ToOwned::to_owned));
            }
        }
    }
    told.retain(|variable| !NOT_TOLD.iter().any(|(name, _)| name == variable));
    told
}

/// What a README says may be set can be set here: each container of a service that has it is told it, and by the default's value where
/// nobody says another.
fn assert_settable(containers: &[Container], except: &[&str]) {
    for variable in told_by_readmes().iter().filter(|variable| !except.contains(&variable.as_str())) {
        for container in containers.iter().filter(|container| container.verb != "migrate") {
            let settings = service(&container.service).settings();
            let has = settings.iter().any(|setting| setting.variable == *variable);
            let told = container.variables().contains_key(variable);
            // Where a service listens is said to its API alone.
            assert!(!has || told || variable == "MOTCUA_LISTEN", "{}: {variable} cannot be set", container.place);
        }
    }
}

#[test]
fn what_no_manifest_tells_is_a_setting_that_some_readme_names() {
    let known = known();
    assert!(NOT_TOLD.iter().all(|(name, why)| known.contains(*name) && !why.is_empty()));
}
