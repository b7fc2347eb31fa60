//! Real answers against the OpenAPI document. Every answer of every test is held against it (`testkit::Contract`); here,
//! that the judge can tell a wrong answer.

use serde_json::json;

use crate::fixture::CONTRACT;

#[test]
fn an_answer_as_described_passes() {
    CONTRACT.check("GET", "/api/v1/jwks", 200, "application/json", br#"{"keys": []}"#);
    let problem = json!({"type": "urn:motcua:problem:not-found", "title": "t", "status": 404, "code": "procedure-not-found",
        "instance": "/x", "trace_id": "0"});
    CONTRACT.check("GET", "/api/v1/procedures/x", 404, "application/problem+json", problem.to_string().as_bytes());
}

#[test]
#[should_panic(expected = "not as described")]
fn a_body_of_another_shape_fails() {
    CONTRACT.check("GET", "/api/v1/procedures", 200, "application/json", br#"{"items": [{"code": 1}]}"#);
}

#[test]
#[should_panic(expected = "which the document does not describe")]
fn an_undescribed_status_fails() {
    CONTRACT.check("GET", "/api/v1/procedures", 302, "", b"");
}

#[test]
#[should_panic(expected = "which it does not document")]
fn an_undocumented_code_fails() {
    let problem = json!({"type": "urn:motcua:problem:not-found", "title": "t", "status": 404, "code": "not-found",
        "instance": "/x", "trace_id": "0"});
    CONTRACT.check("GET", "/api/v1/procedures/x", 404, "application/problem+json", problem.to_string().as_bytes());
}

#[test]
#[should_panic(expected = "the document says")]
fn another_media_type_fails() {
    CONTRACT.check("GET", "/api/v1/procedures", 200, "text/html", b"<p>");
}

#[test]
#[should_panic(expected = "does not know this operation")]
fn an_operation_that_is_not_in_the_document_fails() {
    CONTRACT.check("GET", "/api/v1/secrets", 200, "application/json", b"{}");
}
