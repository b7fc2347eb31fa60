//! Of two who decide from the same page, the second is told that it changed; `every_action.rs` tries it with all that is done.

use serde_json::{Value, json};
use testkit::{Method, TestCaller, TestResponse};

use crate::fixture::{BIRTH, Fixture};

async fn act_from(
    fixture: &Fixture,
    version: &str,
    who: &TestCaller,
    dossier: &str,
    action: &str,
    body: &Value,
) -> TestResponse {
    fixture.post(who, &format!("{dossier}/{action}")).header("if-match", version).json(body).send().await
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
