//! Who may know whom: crates by their manifests, rooms of a service by what their files name.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Display,
};

use checks::{
    circles::circles,
    crates::{Crate, crates},
    uses::{Module, Source},
};

use crate::exceptions::{ARROWS, CIRCLES};

/// What each library may depend on. Services may depend on every library, and on no service.
const LIBRARIES: [(&str, &[&str]); 12] = [
    ("civic", &[]),
    ("runtime", &[]),
    ("provision", &[]),
    ("cache", &["runtime"]),
    ("procedure", &["civic"]),
    ("documents", &["civic"]),
    ("pg", &["runtime"]),
    ("queue", &["civic", "pg", "runtime"]),
    ("edge", &["civic", "pg", "runtime"]),
    ("files", &["civic", "edge", "runtime"]),
    ("backend", &["civic", "edge", "pg", "queue", "runtime"]),
    ("testkit", &["civic", "edge", "pg", "provision", "queue", "runtime"]),
];

/// Services that start others in their tests: whoever has no data of its own, and whoever must be seen from outside.
const TESTED_TOGETHER: [&str; 2] = ["motcua", "portal"];

/// The rooms that every service has, from the ground up, each with those that it may know. `service` knows all, and only
/// `motcua` knows it.
const ROOMS: [(&str, &[&str]); 13] = [
    ("config", &[]),
    ("schema", &[]),
    ("domain", &[]),
    ("error", &["domain"]),
    // A folder of adapters to what the service does not own.
    ("providers", &["config", "domain", "error"]),
    ("channels", &["config", "domain", "error"]),
    ("store", &["domain", "schema"]),
    // It holds what is needed to reach others.
    ("app", &["config", "providers", "channels"]),
    ("changes", &["app", "domain", "error", "providers", "channels", "store"]),
    ("api", &["app", "changes", "domain", "error", "providers", "channels", "store"]),
    ("jobs", &["app", "changes", "domain", "error", "providers", "channels", "store"]),
    ("events", &["app", "changes", "domain", "error", "providers", "channels", "store"]),
    ("service", &["*"]),
];

/// Rooms that one service has besides.
const OWN_ROOMS: [(&str, &str, &[&str]); 14] = [
    ("accounts", "guess_locks", &[]),
    ("accounts", "passwords", &["domain", "error"]),
    ("accounts", "signing", &["domain", "store"]),
    ("accounts", "demonstration", &["*"]),
    ("catalogue", "demonstration", &["*"]),
    ("catalogue", "published", &[]),
    ("submissions", "calendars", &["store"]),
    ("submissions", "demonstration", &["*"]),
    ("submissions", "filings", &["domain", "store"]),
    ("submissions", "pinned", &["store"]),
    ("payments", "attempt_locks", &[]),
    ("payments", "forgery_limit", &[]),
    ("notifications", "deliveries", &["domain", "store"]),
    ("notifications", "templates", &["domain"]),
];

/// Services of these rooms. The others have none of their own: they carry what others say.
const WITH_ROOMS: [&str; 5] = ["accounts", "catalogue", "submissions", "payments", "notifications"];

/// The modules of the services without such rooms, from the ground up: each may know those of the lines above it.
const LAYERS: [(&str, &[&[&str]]); 2] = [
    (
        "gateway",
        &[
            &["headers", "origin", "pages", "response_cache", "upload", "upstream"],
            &["config", "schemas"],
            &["limits", "validate"],
            &["operation", "proxy"],
            &["routes"],
            &["document"],
            &["app"],
            &["guess"],
            &["gate"],
            &["service"],
        ],
    ),
    (
        "portal",
        &[
            &["amount", "assets", "calendar", "config", "cookies", "failure", "qr", "query", "words"],
            &["api", "kiosk", "preferences", "seal", "templates"],
            &["sessions", "unsaved"],
            &["kept_forms"],
            &["app"],
            &["posted", "visit"],
            &["form", "forms", "given_back", "signed_in", "upload"],
            &["official", "receive"],
            &["settle"],
            &["pages"],
            &["service"],
        ],
    ),
];

/// Told by everybody who finds something, all at once.
fn none(found: &BTreeSet<impl Display>, what: &str) {
    let lines: Vec<_> = found.iter().map(|one| format!("  {one}")).collect();
    assert!(found.is_empty(), "{what}:\n{}", lines.join("\n"));
}

#[test]
fn crates_depend_downwards_only() {
    let all = crates();
    let known: BTreeMap<_, _> = all.iter().map(|one| (one.name.as_str(), one.kind.as_str())).collect();
    let mut wrong = BTreeSet::new();
    for one in &all {
        for section in ["dependencies", "build-dependencies", "dev-dependencies"] {
            let dependencies = one.dependencies(section);
            let ours = dependencies.iter().filter_map(|name| Some((name.as_str(), *known.get(name.as_str())?)));
            let forbidden = ours.filter(|(name, kind)| !may_depend(one, section, name, kind));
            wrong.extend(forbidden.map(|(name, _)| format!("{} → {name} ({section})", one.name)));
        }
    }
    none(&wrong, "design: services know libraries, a library those below it (checks/tests/it/layering.rs)");
}

fn may_depend(one: &Crate, section: &str, name: &str, kind: &str) -> bool {
    let test = section == "dev-dependencies";
    match (one.kind.as_str(), kind) {
        (_, "load-tests") => false,
        ("load-tests", _) => true,
        ("services", "libs") => test || name != "testkit",
        ("services", _) => one.name == "motcua" || test && (TESTED_TOGETHER.contains(&&*one.name) || name == "sandbox"),
        // Servers to test with.
        (_, "libs") if test && matches!(name, "provision" | "testkit") => true,
        (_, "libs") => LIBRARIES.iter().any(|(library, below)| *library == one.name && below.contains(&name)),
        _ => false,
    }
}

#[test]
fn rooms_of_a_service_know_those_below_them_only() {
    let (mut wrong, mut needed) = (BTreeSet::new(), BTreeSet::new());
    let has_rooms = |name: &str| WITH_ROOMS.contains(&name) || LAYERS.iter().any(|(service, _)| *service == name);
    for one in crates().iter().filter(|one| has_rooms(&one.name)) {
        for (from, to) in Source::read(&one.folder.join("src")).arrows() {
            let (Some(room), Some(other)) = (from.first(), to.first()) else { continue };
            if room == other || may_know(&one.name, room, other) {
                continue;
            }
            let listed = ARROWS.iter().find(|(name, a, b, _)| (*name, *a, *b) == (&one.name, room, other));
            match listed {
                Some(listed) => needed.insert(*listed),
                None => wrong.insert(format!("{}: {} → {}", one.name, from.join("::"), to.join("::"))),
            };
        }
    }
    none(&wrong, "an arrow that the design does not have (services/README.md)");
    let needless: BTreeSet<_> = ARROWS
        .iter()
        .filter(|one| !needed.contains(*one))
        .map(|(name, a, b, _)| format!("{name}: {a} → {b}"))
        .collect();
    none(&needless, "exceptions that are needed no longer: delete them from checks/tests/it/exceptions.rs");
}

fn may_know(service: &str, room: &str, other: &str) -> bool {
    if let Some((_, layers)) = LAYERS.iter().find(|(name, _)| *name == service) {
        let layer = |module: &str| layers.iter().position(|layer| layer.contains(&module));
        return layer(other).zip(layer(room)).is_some_and(|(below, above)| below < above);
    }
    let common = ROOMS.iter().find(|(name, _)| *name == room).map(|(_, below)| *below);
    let own = OWN_ROOMS.iter().find(|(owner, name, _)| (*owner, *name) == (service, room)).map(|(_, _, below)| *below);
    let is_own =
        |name: &str| OWN_ROOMS.iter().any(|(owner, own, below)| *owner == service && *own == name && *below != ["*"]);
    match common.or(own) {
        Some(["*"]) => true,
        Some(below) => below.contains(&other) || is_own(other) && (room == "app" || below.contains(&"app")),
        None => false,
    }
}

#[test]
fn there_is_no_circle_in_any_crate() {
    let (mut wrong, mut needed) = (BTreeSet::new(), BTreeSet::new());
    for one in crates() {
        let arrows = Source::read(&one.folder.join("src")).arrows();
        let files = circles(&arrows).into_iter().map(|circle| circle.iter().map(|module| module.join("::")).collect());
        let rooms = circles(&rooms(&arrows)).into_iter();
        for circle in files.chain(rooms) {
            let circle: BTreeSet<String> = circle;
            let allowed = |(name, members, _): &&(&str, &[&str], &str)| {
                *name == one.name && circle.iter().all(|member| members.contains(&member.as_str()))
            };
            match CIRCLES.iter().find(allowed) {
                Some(listed) => needed.insert(*listed),
                None => wrong.insert(format!("{}: {}", one.name, circle.into_iter().collect::<Vec<_>>().join(" ↔ "))),
            };
        }
    }
    none(&wrong, "modules that know each other in a circle");
    let needless: BTreeSet<_> = CIRCLES
        .iter()
        .filter(|one| !needed.contains(*one))
        .map(|(name, all, _)| format!("{name}: {}", all.join(" ↔ ")))
        .collect();
    none(&needless, "exceptions that are needed no longer: delete them from checks/tests/it/exceptions.rs");
}

/// The arrows between the folders and files beside `lib.rs`.
fn rooms(arrows: &BTreeSet<(Module, Module)>) -> BTreeSet<(String, String)> {
    let room = |module: &Module| module.first().cloned();
    let arrows = arrows.iter().filter_map(|(from, to)| Some((room(from)?, room(to)?)));
    arrows.filter(|(from, to)| from != to).collect()
}
