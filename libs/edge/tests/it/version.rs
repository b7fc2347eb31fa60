//! `If-Match`.

use serde_json::json;
use testkit::{Installation, Method, TestResponse};

use crate::probe::installation;

async fn change(installation: &Installation, version: Option<&str>) -> TestResponse {
    let call = installation.nobody().call("probe", Method::PUT, "/api/v1/notes/1").json(&json!({"text": "a"}));
    match version {
        Some(version) => call.header("if-match", version).send().await,
        None => call.send().await,
    }
}

#[tokio::test]
async fn a_change_from_the_current_version_is_taken_and_told_the_next() {
    let installation = installation().await;
    assert_eq!(change(&installation, Some("\"3\"")).await.expect(200).header("etag"), Some("\"4\""));
}

#[tokio::test]
async fn a_change_from_an_older_version_is_stale_and_one_from_nowhere_is_not_taken() {
    let installation = installation().await;
    for stale in ["\"2\"", "\"x\"", "*"] {
        assert_eq!(change(&installation, Some(stale)).await.expect(412).text("/code"), "stale");
    }
    assert_eq!(change(&installation, None).await.expect(428).text("/code"), "if-match-required");
}
