//! The gateway's judgement of bodies, by the API's own document: what it lets pass every service reads the same.

#![no_main]

use std::{collections::HashMap, sync::LazyLock};

use actix_web::{test::TestRequest, web::Bytes};
use libfuzzer_sys::{Corpus, fuzz_target};
use serde_json::Value;
use tokio::runtime::Runtime;

#[allow(dead_code, reason = "the judging of bodies is wanted of it only")]
#[path = "../../../services/gateway/src/schemas/mod.rs"]
mod schemas;
#[allow(dead_code, reason = "files are passed on, not judged")]
#[path = "../../../services/gateway/src/upload.rs"]
mod upload;
#[allow(dead_code, reason = "the judging of bodies is wanted of it only")]
#[path = "../../../services/gateway/src/validate/mod.rs"]
mod validate;

use schemas::{Schemas, step};
use validate::body::{Body, BodyRules};

static DOCUMENT: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(include_str!("../../../openapi/motcua.json")).expect("the document"));

/// By operation: the media type, and the rules.
static OPERATIONS: LazyLock<HashMap<&str, (&str, BodyRules)>> = LazyLock::new(|| {
    let schemas = Schemas::new(&DOCUMENT).expect("schemas");
    let paths = DOCUMENT["paths"].as_object().expect("paths").iter();
    let operations = paths.flat_map(|(path, item)| {
        let at = step("/paths", path);
        item.as_object().expect("operations").iter().map(move |(method, operation)| (step(&at, method), operation))
    });
    let whole = ["application/json", "application/x-www-form-urlencoded"];
    let taken = operations.filter_map(|(at, operation)| {
        let content = operation["requestBody"]["content"].as_object()?;
        let media_type = *whole.iter().find(|media_type| content.contains_key(**media_type))?;
        let schema = step(&step(&format!("{at}/requestBody/content"), media_type), "schema");
        let mut rules = BodyRules { required: true, media: Vec::new() };
        rules.add(&schemas, media_type, Some(&schema)).expect("a schema");
        Some((operation["operationId"].as_str()?, (media_type, rules)))
    });
    taken.collect()
});

static RUNTIME: LazyLock<Runtime> =
    LazyLock::new(|| tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime"));

// The operation's name, and on the next line the body.
fuzz_target!(|bytes: &[u8]| -> Corpus {
    let Some(at) = bytes.iter().position(|byte| *byte == b'\n') else { return Corpus::Reject };
    let operation = str::from_utf8(&bytes[..at]).ok().and_then(|name| OPERATIONS.get(name));
    let (Some((media_type, rules)), sent) = (operation, Bytes::copy_from_slice(&bytes[at + 1..])) else {
        return Corpus::Reject;
    };
    let request = TestRequest::post().insert_header(("content-type", *media_type));
    let request = request.insert_header(("content-length", sent.len()));
    let (request, payload) = request.set_payload(sent.clone()).to_http_parts();
    match RUNTIME.block_on(rules.take(&request, payload, files::USUAL_LIMIT)) {
        Ok(Body::Whole(taken)) => {
            assert_eq!(taken, sent);
            if *media_type == "application/json" {
                let service = serde_json::from_slice::<Value>(&sent).expect("services can read it");
                assert_eq!(validate::json::read(&sent).ok(), Some(service));
            }
        }
        Ok(Body::Nothing | Body::Coming(_)) => unreachable!("a body that must be there was read"),
        Err(problem) => {
            let problem = fuzz::rendered(&problem, "/");
            assert_eq!(problem["status"], 400);
            if problem["code"] == "invalid" && *media_type == "application/json" {
                fuzz::points_into(&problem, &serde_json::from_slice::<Value>(&sent).unwrap_or_default());
            }
        }
    }
    Corpus::Keep
});
