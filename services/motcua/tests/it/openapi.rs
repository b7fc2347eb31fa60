//! The committed documents are those of the code.

use std::{fs, path::Path};

#[test]
fn the_committed_documents_are_fresh() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../openapi");
    for (name, text) in motcua::openapi::files().unwrap() {
        let committed = fs::read_to_string(folder.join(&name)).unwrap_or_default();
        assert!(committed == text, "openapi/{name} is stale: run `cargo run -- openapi --write openapi`");
    }
}

#[test]
fn every_operation_has_an_id_a_summary_a_service_and_says_how_it_fails() {
    let document = motcua::openapi::merged(&motcua::services()).unwrap();
    for (path, item) in document["paths"].as_object().unwrap() {
        assert!(path.starts_with("/api/v1/"), "{path}");
        for (method, operation) in item.as_object().unwrap() {
            let place = format!("{method} {path}");
            assert!(operation["operationId"].as_str().is_some_and(|id| !id.is_empty()), "{place}");
            assert!(operation["summary"].as_str().is_some_and(|text| !text.is_empty()), "{place}");
            assert!(operation["x-service"].is_string(), "{place}");
            assert!(operation["responses"]["4XX"].is_object() && operation["responses"]["5XX"].is_object(), "{place}");
        }
    }
}

#[test]
fn whatever_an_operation_says_of_a_failure_it_can_be_a_problem() {
    let document = motcua::openapi::merged(&motcua::services()).unwrap();
    let items = document["paths"].as_object().unwrap();
    for operation in items.values().flat_map(|item| item.as_object().unwrap().values()) {
        for (status, response) in operation["responses"].as_object().unwrap() {
            let described =
                response.get("$ref").is_some() || response["content"]["application/problem+json"].is_object();
            assert!(described || !status.starts_with(['4', '5']), "{} {status}", operation["operationId"]);
        }
    }
}
