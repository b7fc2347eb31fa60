//! `/api/v1/agencies/{agency}/given-up/notifications`: mails and SMS that were refused.

use civic::OfficialRole;
use serde_json::{Value, json};
use testkit::{Method, TestCaller, TestResponse};
use uuid::Uuid;

use crate::fixture::{AN, CODE, Fixture, mail_behaves};

const GIVEN_UP: &str = "/api/v1/agencies/H44.100/given-up/notifications";

async fn list(by: &TestCaller) -> TestResponse {
    by.call("notifications", Method::GET, GIVEN_UP).send().await
}

async fn repair(by: &TestCaller, id: &str, body: &Value) -> TestResponse {
    let call = by.call("notifications", Method::POST, &format!("{GIVEN_UP}/{id}/repair"));
    call.key(&Uuid::new_v4().to_string()).json(body).send().await
}

/// A fixture where the mail about a dossier was refused, the leader who sees it, and its id there.
async fn refused() -> (Fixture, TestCaller, String) {
    let fixture = Fixture::start().await;
    fixture.behave(mail_behaves(json!({ "reply_to_rcpt": 550 }))).await;
    fixture.installation.publish("submissions", &fixture.received()).await;
    assert_eq!(fixture.settled(1).await, ["dossier_received FAILED"]);
    let leader = fixture.installation.official(&[("H44.100", OfficialRole::Approver)]);
    let answer = list(&leader).await.expect(200);
    assert_eq!((answer.text("/items/0/name"), answer.text("/items/0/dossier")), ("send_message", CODE));
    assert!(answer.text("/items/0/why").contains("REFUSED"), "{}", answer.json);
    let id = answer.text("/items/0/id").to_owned();
    (fixture, leader, id)
}

#[tokio::test]
async fn a_mail_that_was_refused_is_sent_when_the_leader_has_it_tried_again() {
    let (fixture, leader, id) = refused().await;
    fixture.behave(json!({})).await;
    repair(&leader, &id, &json!({"repair": "RETRY"})).await.expect(200);
    fixture.wait_for("select count(*) as count from messages where state = 'SENT'", 1).await;
    assert_eq!(fixture.mails(AN, 1).await.len(), 1);
    assert_eq!(list(&leader).await.expect(200).json["items"], json!([]));
}

#[tokio::test]
async fn a_mail_whose_reader_was_told_in_another_way_waits_no_more_and_is_not_sent() {
    let (fixture, leader, id) = refused().await;
    let handled = json!({"repair": "TAKE_AS_HANDLED", "reason": "Đã gọi điện báo cho người nộp."});
    repair(&leader, &id, &handled).await.expect(200);
    assert_eq!(list(&leader).await.expect(200).json["items"], json!([]));
    let again = repair(&leader, &id, &json!({"repair": "RETRY"})).await.expect(404);
    assert_eq!(again.text("/code"), "given-up-work-not-found");
    assert_eq!(fixture.texts("select state as text from messages").await, ["FAILED"]);
    let elsewhere = fixture.installation.official(&[("H44.101", OfficialRole::Approver)]);
    assert_eq!(list(&elsewhere).await.expect(404).text("/code"), "agency-not-found");
    assert_eq!(repair(&elsewhere, &id, &handled).await.expect(404).text("/code"), "agency-not-found");
}
