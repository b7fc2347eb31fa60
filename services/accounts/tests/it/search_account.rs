//! `POST /api/v1/agencies/{agency}/account-searches`

use serde_json::json;
use testkit::{Installation, Method, TestCaller, TestResponse};

use crate::people::{DEMONSTRATION_PASSWORD, ask, bearer, demonstration, sign_in};

async fn search(installation: &Installation, who: &str, agency: &str, number: &str) -> TestResponse {
    let official: TestCaller = bearer(installation, &sign_in(installation, who, DEMONSTRATION_PASSWORD).await);
    let path = format!("/api/v1/agencies/{agency}/account-searches");
    official.call("accounts", Method::POST, &path).json(&json!({"citizen_number": number})).send().await
}

const RECEIVER: &str = "tiepnhan@h44-100.example.vn";

#[tokio::test]
async fn a_receiver_finds_who_shows_her_card_and_it_is_written_down() {
    let installation = demonstration().await;
    let found = search(&installation, RECEIVER, "H44.100", "000 090 000 001").await.expect(200);
    assert_eq!(found.json["account"]["email"], "an@example.vn");
    assert!(found.json["account"]["name"].as_str().is_some_and(|name| !name.is_empty()));
    let nobody = search(&installation, RECEIVER, "H44.100", "000192999999").await.expect(200);
    assert_eq!(nobody.json, json!({"account": null}));
    let looks = "select count(*)::text from audit_log where action = 'personal_data.read' and subject_id = 'H44.100'
        and detail ? 'looked_up' and detail::text not like '%000090000001%'";
    assert_eq!(ask(&installation, looks).await, "2", "each look once, and no number in clear");
}

#[tokio::test]
async fn nobody_else_finds_anybody() {
    let installation = demonstration().await;
    let number = "000090000001";
    let elsewhere = search(&installation, RECEIVER, "H44.101", number).await.expect(404);
    assert_eq!(elsewhere.text("/code"), "agency-not-found");
    let _ = search(&installation, "xuly@h44-100.example.vn", "H44.100", number).await.expect(403);
    let _ = search(&installation, RECEIVER, "H44.100", "12").await.expect(400);
}
