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
async fn a_change_from_any_of_several_versions_or_from_whatever_is_there_is_taken() {
    let installation = installation().await;
    for current in ["\"3\", \"99\"", "*"] {
        let _ = change(&installation, Some(current)).await.expect(200);
    }
}

#[tokio::test]
async fn whoever_reads_again_what_he_has_is_told_so_and_sent_nothing() {
    let installation = installation().await;
    let read = async |known: &str| {
        let call = installation.nobody().call("probe", Method::GET, "/api/v1/notes/1");
        call.header("if-none-match", known).send().await
    };
    let same = read("\"2\", W/\"3\"").await.expect(304);
    assert_eq!((same.header("etag"), same.header("content-type")), (Some("\"3\""), None));
    assert_eq!(read("\"2\"").await.expect(200).text("/text"), "As it is");
}

#[tokio::test]
async fn a_change_from_an_older_version_is_stale_and_one_from_nowhere_is_not_taken() {
    let installation = installation().await;
    for stale in ["\"2\"", "\"x\"", "W/\"3\"", "\"1\", \"99\""] {
        assert_eq!(change(&installation, Some(stale)).await.expect(412).text("/code"), "stale");
    }
    assert_eq!(change(&installation, None).await.expect(428).text("/code"), "if-match-required");
}
