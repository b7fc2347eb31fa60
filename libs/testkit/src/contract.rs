//! Holds answers against the OpenAPI document of the service that gave them.

use std::collections::{BTreeMap, BTreeSet};

use matchit::Router;
use serde_json::{Value, json};

/// A failure of an operation, by its code.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Failure {
    /// The operation's id.
    pub operation: String,
    /// The code.
    pub code: String,
}

/// An OpenAPI document, as a judge of answers.
pub struct Contract {
    document: Value,
    paths: Router<String>,
}

impl Contract {
    /// The contract that `document` states.
    ///
    /// # Panics
    /// When two of its paths clash.
    pub fn new(document: Value) -> Self {
        let mut paths = Router::new();
        for path in document["paths"].as_object().into_iter().flatten().map(|(path, _)| path) {
            paths.insert(path, path.clone()).unwrap_or_else(|why| panic!("{path}: {why}"));
        }
        Self { document, paths }
    }

    /// Panics, saying what differs, unless the document describes this answer: its status, media type and body, and if it is
    /// a failure its code too. Paths that the document does not know are only allowed to fail. Gives the failure that was
    /// met, if it was one.
    ///
    /// # Panics
    /// See above.
    pub fn check(&self, method: &str, path: &str, status: u16, media_type: &str, body: &[u8]) -> Option<Failure> {
        let place = format!("{method} {path} answered {status}");
        let Some((template, operation)) = self.operation(method, path) else {
            assert!(status >= 400, "{place}, and the document does not know this operation");
            return None;
        };
        // `default` is for clients that meet a newer server; it describes nothing here.
        let response = operation["responses"].get(status.to_string());
        let shown = String::from_utf8_lossy(body);
        let response = response.unwrap_or_else(|| panic!("{place}, which the document does not describe: {shown}"));
        let resolved = self.resolve(response);
        let Some(content) = resolved.get("content").and_then(Value::as_object) else {
            assert!(body.is_empty(), "{place} with a body, which the document does not describe");
            return None;
        };
        let essence = media_type.split(';').next().unwrap_or_default().trim();
        assert!(content.contains_key(essence), "{place} as {essence:?}; the document says {:?}", content.keys());
        if essence.ends_with("json") {
            let at = match response.get("$ref") {
                Some(reference) => {
                    format!("{}/content/{}/schema", reference.as_str().unwrap_or_default(), escape(essence))
                }
                None => format!(
                    "#/paths/{}/{}/responses/{status}/content/{}/schema",
                    escape(template),
                    method.to_lowercase(),
                    escape(essence)
                ),
            };
            self.check_schema(&place, &at, body);
        }
        (status >= 400).then(|| {
            let code = code(body);
            assert!(content[essence]["examples"].get(&code).is_some(), "{place} {code:?}, which it does not document");
            Failure { operation: operation["operationId"].as_str().unwrap_or_default().to_owned(), code }
        })
    }

    /// The example of an operation's body; an empty object when it needs none.
    ///
    /// # Panics
    /// When there is no such operation.
    pub fn example(&self, operation: &str) -> Value {
        let (method, path) = &self.operations()[operation];
        let body = &self.document["paths"][path][method.to_lowercase()]["requestBody"]["content"];
        let example = body.as_object().into_iter().flatten().find_map(|(_, content)| content.get("example"));
        example.cloned().unwrap_or_else(|| json!({}))
    }

    /// Every failure that an operation documents, with its operation.
    pub fn failures(&self) -> BTreeSet<Failure> {
        let paths = self.document["paths"].as_object().into_iter().flatten();
        let operations = paths.flat_map(|(_, item)| item.as_object().into_iter().flatten().map(|(_, it)| it));
        operations.flat_map(|operation| self.failures_of(operation)).collect()
    }

    fn failures_of(&self, operation: &Value) -> Vec<Failure> {
        let id = operation["operationId"].as_str().unwrap_or_default();
        let responses = operation["responses"].as_object().into_iter().flatten();
        let failing = responses.filter(|(status, _)| status.starts_with(['4', '5'])).map(|(_, it)| self.resolve(it));
        let contents = failing.flat_map(|response| response["content"].as_object().into_iter().flatten());
        let examples = contents.flat_map(|(_, content)| content["examples"].as_object().into_iter().flatten());
        examples.map(|(code, _)| Failure { operation: id.to_owned(), code: code.clone() }).collect()
    }

    /// Every operation: its id, with its method and path.
    pub fn operations(&self) -> BTreeMap<String, (String, String)> {
        let paths = self.document["paths"].as_object().into_iter().flatten();
        let operations = paths.flat_map(|(path, item)| {
            let methods =
                item.as_object().into_iter().flatten().filter(|(_, operation)| operation.get("responses").is_some());
            methods.map(move |(method, operation)| {
                let id = operation["operationId"].as_str().unwrap_or_default().to_owned();
                (id, (method.to_uppercase(), path.clone()))
            })
        });
        operations.collect()
    }

    fn operation(&self, method: &str, path: &str) -> Option<(&str, &Value)> {
        let template = self.paths.at(path).ok()?.value;
        Some((template, self.document["paths"][template].get(method.to_lowercase())?))
    }

    fn resolve<'a>(&'a self, value: &'a Value) -> &'a Value {
        let pointer = value.get("$ref").and_then(Value::as_str).and_then(|reference| reference.strip_prefix('#'));
        pointer.and_then(|pointer| self.document.pointer(pointer)).unwrap_or(value)
    }

    fn check_schema(&self, place: &str, at: &str, body: &[u8]) {
        let instance: Value = serde_json::from_slice(body).unwrap_or_else(|why| panic!("{place}, not JSON: {why}"));
        let schema = json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$ref": at,
            "paths": self.document["paths"],
            "components": self.document["components"],
        });
        let validator = jsonschema::options().should_validate_formats(true).build(&schema);
        let validator = validator.unwrap_or_else(|why| panic!("{place}: the schema {at} is not one: {why}"));
        let wrong: Vec<_> = validator.iter_errors(&instance).map(|e| format!("{}: {e}", e.instance_path())).collect();
        assert!(wrong.is_empty(), "{place}, not as described: {wrong:#?}\n{instance:#}");
    }
}

/// The code of a problem, or the `error` of OAuth.
fn code(body: &[u8]) -> String {
    let body: Value = serde_json::from_slice(body).unwrap_or_default();
    let code = body.get("code").or_else(|| body.get("error")).and_then(Value::as_str);
    code.unwrap_or_default().to_owned()
}

fn escape(part: &str) -> String {
    part.replace('~', "~0").replace('/', "~1").replace('{', "%7B").replace('}', "%7D")
}
