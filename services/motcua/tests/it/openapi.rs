//! The committed documents are those of the code.

use std::{fs, path::Path};

use serde_json::{Map, Value, json};

#[test]
fn the_committed_documents_are_fresh() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../openapi");
    for (name, text) in motcua::openapi::files().unwrap() {
        let committed = fs::read_to_string(folder.join(&name)).unwrap_or_default();
        assert!(committed == text, "openapi/{name} is stale: run `cargo run -- openapi --write openapi`");
    }
}

/// Every operation, with where it stands.
fn operations() -> Vec<(String, Value)> {
    let document = motcua::openapi::merged(&motcua::services()).unwrap();
    let items = document["paths"].as_object().unwrap().iter();
    let operations = items.flat_map(|(path, item)| {
        let methods = item.as_object().unwrap().iter();
        methods.map(move |(method, operation)| (format!("{method} {path}"), operation.clone()))
    });
    operations.collect()
}

#[test]
fn every_operation_says_what_it_is_and_who_answers_it() {
    for (place, operation) in operations() {
        assert!(place.contains(" /api/v1/"), "{place}");
        for text in ["operationId", "summary", "description", "x-service"] {
            let said = operation[text].as_str().unwrap_or_default();
            assert!(!said.is_empty(), "{place} has no {text}");
        }
        assert!(!operation["summary"].as_str().unwrap().ends_with('.'), "{place}: a summary is a title");
    }
}

#[test]
fn a_public_operation_says_so() {
    for (place, operation) in operations() {
        assert!(operation["security"].is_array(), "{place}");
    }
}

/// The problems of a response, by code; none when it is no failure.
fn problems<'a>(document: &'a Value, response: &'a Value) -> Option<&'a Map<String, Value>> {
    let at = response.get("$ref").and_then(Value::as_str).map(|at| at.trim_start_matches('#'));
    let response = at.map_or(response, |at| document.pointer(at).unwrap());
    response["content"]["application/problem+json"]["examples"].as_object()
}

#[test]
fn every_failure_has_a_status_a_code_and_an_example_of_just_these() {
    let document = motcua::openapi::merged(&motcua::services()).unwrap();
    for (place, operation) in operations() {
        let responses = operation["responses"].as_object().unwrap();
        let failures = responses.iter().filter(|(status, _)| status.starts_with(['4', '5']));
        for (status, response) in failures {
            let problems = problems(&document, response).unwrap_or_else(|| {
                // OAuth has its own shape for what is wrong with the caller.
                assert_eq!(operation["operationId"], "issue_client_token", "{place} {status}");
                operation["responses"][status]["content"]["application/json"]["examples"].as_object().unwrap()
            });
            assert!(!problems.is_empty(), "{place} {status}");
            for (code, example) in problems.iter().filter(|(_, example)| example.get("$ref").is_some()) {
                let at = example["$ref"].as_str().unwrap().trim_start_matches('#');
                let value = &document.pointer(at).unwrap()["value"];
                assert_eq!((&value["code"], &value["status"]), (&json!(code), &json!(status.parse::<u16>().unwrap())));
            }
        }
        for status in ["400", "429", "500", "503", "default"] {
            assert!(operation["responses"][status].is_object(), "{place} {status}");
        }
    }
}

#[test]
fn every_service_with_an_api_holds_its_failures_against_its_tests() {
    for service in motcua::services().iter().filter(|service| service.document().is_some()) {
        let test = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../{}/tests/met.rs", service.name));
        assert!(test.exists(), "{} is missing", test.display());
    }
}

#[test]
fn every_integer_has_a_format_and_every_object_says_what_it_holds() {
    let document = motcua::openapi::merged(&motcua::services()).unwrap();
    let mut wrong = Vec::new();
    walk(&document, &mut String::new(), &mut |at, schema| {
        let is = |name: &str| {
            schema["type"] == name || schema["type"].as_array().is_some_and(|all| all.contains(&json!(name)))
        };
        if is("integer") && schema.get("format").is_none() {
            wrong.push(format!("{at} is an integer without a format"));
        }
        let told = ["properties", "additionalProperties", "allOf"].iter().any(|name| schema.get(*name).is_some());
        if is("object") && !told {
            wrong.push(format!("{at} is an object of nobody knows what: say additionalProperties"));
        }
    });
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Visits every object of the document that has a type: a schema.
fn walk(value: &Value, at: &mut String, visit: &mut impl FnMut(&str, &Value)) {
    let children: Vec<(String, &Value)> = match value {
        Value::Object(members) => members.iter().map(|(name, child)| (name.clone(), child)).collect(),
        Value::Array(items) => items.iter().enumerate().map(|(index, child)| (index.to_string(), child)).collect(),
        _ => return,
    };
    if value.get("type").is_some_and(|kind| kind.is_string() || kind.is_array()) {
        visit(at, value);
    }
    for (name, child) in children.iter().filter(|(name, _)| !name.starts_with("example") && name != "value") {
        let length = at.len();
        at.push('/');
        at.push_str(name);
        walk(child, at, visit);
        at.truncate(length);
    }
}

#[test]
fn a_list_that_only_answers_hold_is_open_and_one_that_requests_hold_is_closed() {
    let document = motcua::openapi::merged(&motcua::services()).unwrap();
    let schemas = &document["components"]["schemas"];
    for name in ["DossierActionName", "PaymentAttemptStatus", "MessageChannel"] {
        assert!(schemas[name]["x-extensible-enum"].is_array() && schemas[name].get("enum").is_none(), "{name}");
    }
    for name in ["PaymentProvider", "Gender"] {
        assert!(schemas[name]["enum"].is_array(), "{name}");
    }
    assert!(schemas["Problem"]["properties"]["code"]["x-extensible-enum"].as_array().unwrap().len() > 30);
}
