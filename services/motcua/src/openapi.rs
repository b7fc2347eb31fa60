//! The documents of `openapi/`: one a service, all of them merged, which is what the gateway serves by, and the events'.

use std::{collections::BTreeSet, fs, path::Path};

use anyhow::{Context, Result, bail};
use runtime::{Role, Service};
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::{events, service, services};

/// The document of one service, or all of them merged, as it is committed: indented JSON.
///
/// # Errors
/// When there is no such service, it has no API, or two services describe different things under one name.
pub fn text(name: Option<&str>) -> Result<String> {
    match name {
        None => Ok(format!("{:#}\n", merged(&services())?)),
        Some(name) => {
            let document = service(name)?.document();
            let document = document.with_context(|| format!("The service {name} has no API of its own."))?;
            indented(&document)
        }
    }
}

/// Writes `<service>.json` for each service with an API, `motcua.json` and `events.json` into `folder`.
///
/// # Errors
/// As [`text`], and when a file cannot be written.
pub fn write(folder: &Path) -> Result<()> {
    for (name, text) in files()? {
        let path = folder.join(name);
        fs::write(&path, text).with_context(|| format!("{} cannot be written", path.display()))?;
    }
    Ok(())
}

/// The committed files: name and content.
///
/// # Errors
/// As [`text`].
pub fn files() -> Result<Vec<(String, String)>> {
    let all = services();
    let with_api = all.iter().filter_map(|service| Some((service.name, service.document()?)));
    let files = with_api.map(|(name, document)| Ok((format!("{name}.json"), indented(&document)?)));
    let mut files = files.collect::<Result<Vec<_>>>()?;
    files.push(("motcua.json".into(), text(None)?));
    files.push(("events.json".into(), indented(&events::document(&services())?)?));
    Ok(files)
}

/// As JSON with its names in order: a document keeps some of them in a hash map, in another order every time.
fn indented(document: &impl Serialize) -> Result<String> {
    Ok(format!("{:#}\n", serde_json::to_value(document)?))
}

/// All services' documents as one.
///
/// # Errors
/// When two services describe different things under one name.
pub fn merged(services: &[Service]) -> Result<Value> {
    let mut merged = json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Motcua",
            "description": "One door to public services: procedures, dossiers, payments, messages. \
                Một cửa: thủ tục, hồ sơ, thanh toán, thông báo.\n\n\
                [Getting started in ten minutes](/docs/start)",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
            "version": env!("CARGO_PKG_VERSION"),
        },
        "servers": [{"url": "/"}],
        "paths": {},
        "components": {},
        "x-services": upstreams(services),
    });
    for service in services {
        let Some(document) = service.document() else { continue };
        let document = serde_json::to_value(&document)?;
        join(&mut merged["paths"], &document["paths"], 2).with_context(|| format!("The paths of {}", service.name))?;
        join(&mut merged["components"], &document["components"], 2)
            .with_context(|| format!("The components of {}", service.name))?;
    }
    refuse_double_operations(&merged)?;
    name_codes(&mut merged);
    open_lists(&mut merged);
    Ok(merged)
}

/// What the gateway must know of the services behind it: their ports, and which of them answers pages.
fn upstreams(services: &[Service]) -> Value {
    let behind = services.iter().filter(|service| service.role == Role::Upstream);
    behind
        .map(|service| (service.name.to_owned(), json!({"port": service.port, "pages": service.document().is_none()})))
        .collect()
}

/// Writes down the codes of all problems, as a list that will grow.
fn name_codes(document: &mut Value) {
    let examples = document["components"]["examples"].as_object();
    let codes: Vec<_> = examples.into_iter().flat_map(|examples| examples.keys().cloned()).collect();
    document["components"]["schemas"]["Problem"]["properties"]["code"]["x-extensible-enum"] = json!(codes);
}

/// Opens the closed lists that only answers hold: an answer may name a value that a client does not know yet. What a request
/// may say stays closed, and so does a list that both hold.
fn open_lists(document: &mut Value) {
    let asked = asked(document);
    let schemas = document["components"]["schemas"].as_object_mut();
    for (_, schema) in schemas.into_iter().flatten().filter(|(name, _)| !asked.contains(*name)) {
        let Some(schema) = schema.as_object_mut() else { continue };
        if let Some(values) = schema.remove("enum") {
            schema.insert("x-extensible-enum".into(), values);
        }
    }
}

/// The names of the schemas that requests are made of.
fn asked(document: &Value) -> BTreeSet<String> {
    let items = document["paths"].as_object().into_iter().flatten();
    let operations = items.flat_map(|(_, item)| item.as_object().into_iter().flatten());
    let mut to_read: Vec<_> =
        operations.flat_map(|(_, operation)| [&operation["parameters"], &operation["requestBody"]]).collect();
    let mut found = BTreeSet::new();
    while let Some(value) = to_read.pop() {
        let name = value.get("$ref").and_then(Value::as_str).and_then(|at| at.strip_prefix("#/components/schemas/"));
        if let Some(name) = name.filter(|name| found.insert((*name).to_owned())) {
            to_read.push(&document["components"]["schemas"][name]);
        }
        to_read.extend(value.as_object().into_iter().flat_map(Map::values));
        to_read.extend(value.as_array().into_iter().flatten());
    }
    found
}

/// Joins objects `depth` levels deep; what stands in both must be equal.
fn join(into: &mut Value, from: &Value, depth: u8) -> Result<()> {
    let Some(from) = from.as_object() else { return Ok(()) };
    let into = into.as_object_mut().context("is not an object")?;
    for (name, value) in from {
        match into.get_mut(name) {
            None => drop(into.insert(name.clone(), value.clone())),
            Some(known) if known == value => {}
            Some(known) if depth > 1 && known.is_object() => {
                join(known, value, depth - 1).with_context(|| name.clone())?;
            }
            Some(_) => bail!("{name} is described differently by two services: rename one"),
        }
    }
    Ok(())
}

fn refuse_double_operations(document: &Value) -> Result<()> {
    let mut seen = Map::new();
    for (path, item) in document["paths"].as_object().into_iter().flatten() {
        for operation in item.as_object().into_iter().flat_map(Map::values) {
            let Some(id) = operation["operationId"].as_str() else { continue };
            if let Some(other) = seen.insert(id.to_owned(), json!(path)) {
                bail!("The operation {id} stands at {other} and at {path}: rename one.");
            }
        }
    }
    Ok(())
}
