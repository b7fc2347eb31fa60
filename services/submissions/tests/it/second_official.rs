//! Of two who decide from the same page, the second is told that it changed.

use serde_json::{Value, json};
use testkit::{Method, TestCaller, TestResponse};

use crate::fixture::{BIRTH, Fixture, PDF, reason, wanted};

async fn act_from(
    fixture: &Fixture,
    version: &str,
    who: &TestCaller,
    dossier: &str,
    action: &str,
    body: &Value,
) -> TestResponse {
    let call = fixture.post(who, &format!("{dossier}/{action}")).header("if-match", version);
    let call = match action {
        "results?file_name=a.pdf" => call.body(PDF, "application/pdf"),
        _ => call.json(body),
    };
    call.send().await
}

#[tokio::test]
async fn every_action_heeds_the_version_that_it_was_decided_from() {
    let fixture = Fixture::open().await;
    let (an, receiver, approver) = (fixture.an(), fixture.receiver(), fixture.approver());
    let (dossier, _) = fixture.filed(&an, BIRTH).await;
    let none = json!({});
    for (who, action, body) in [
        (&receiver, "refusal", &reason()),
        (&receiver, "supplement-request", &wanted()),
        (&receiver, "receipt", &none),
        (&receiver, "notes", &json!({"text": "Đã gọi điện."})),
        (&approver, "suspension", &reason()),
        (&approver, "resumption", &none),
        (&approver, "results?file_name=a.pdf", &none),
        (&approver, "completion", &none),
        (&receiver, "return", &json!({"way": "DIGITAL"})),
        (&an, "withdrawal", &none),
        (&an, "supplement", &none),
    ] {
        let stale = act_from(&fixture, "\"1\"", who, &dossier, action, body).await.expect(412);
        assert_eq!(stale.json["code"], "stale", "{action}");
    }
    assert_eq!(fixture.get(&an, &dossier).await.json["status"], "REGISTERED", "nothing was done");
}

#[tokio::test]
async fn who_decides_from_the_dossier_as_it_is_goes_on_and_the_same_request_again_is_answered_alike() {
    let fixture = Fixture::open().await;
    let (an, receiver) = (fixture.an(), fixture.receiver());
    let (dossier, _) = fixture.filed(&an, BIRTH).await;
    let seen = fixture.get(&receiver, &dossier).await;
    let version = seen.header("etag").expect("a version").to_owned();
    let path = format!("{dossier}/receipt");
    let receipt = || receiver.call("submissions", Method::POST, &path).key("one").header("if-match", &version);
    let first = receipt().send().await.expect(200);
    let again = receipt().send().await.expect(200);
    assert_eq!((first.json, again.header("idempotency-replayed")), (again.json.clone(), Some("true")));
    let late = act_from(&fixture, &version, &fixture.receiver(), &dossier, "receipt", &json!({})).await.expect(412);
    assert_eq!(late.json["code"], "stale");
}
