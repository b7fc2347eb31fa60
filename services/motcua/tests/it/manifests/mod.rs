//! What a cluster (`k8s/`) and a small office (`compose.yaml`) are told, held against what the services know.

mod cluster;
pub mod container;
mod office;

use std::{collections::BTreeSet, process::Command};

use runtime::{Role, Service, Setting};

use self::container::Container;

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
