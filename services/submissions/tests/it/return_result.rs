//! `POST /api/v1/dossiers/{id}/return`

use civic::events::{DossierNotice, DossierNoticed};
use serde_json::json;
use testkit::TestCaller;

use crate::fixture::{Fixture, errors};

async fn completed(fixture: &Fixture, who: &TestCaller) -> String {
    let (dossier, approver) = (fixture.received(who).await, fixture.approver());
    let _ = fixture.issue(&approver, &dossier).await.expect(201);
    let _ = fixture.act(&approver, &dossier, "completion", &json!({})).await.expect(200);
    dossier
}

#[tokio::test]
async fn a_result_is_handed_over_once_and_its_applicant_is_told() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let dossier = completed(&fixture, &an).await;
    let body = json!({"way": "COUNTER", "returned_to": "Nguyễn Văn An"});
    let answer = fixture.act(&fixture.receiver(), &dossier, "return", &body).await.expect(200);
    let returned = json!({"at": "2026-07-21T03:00:00Z", "way": "COUNTER", "to": "Nguyễn Văn An"});
    assert_eq!((&answer.json["status"], &answer.json["returned"]), (&json!("RETURNED"), &returned));
    let seen = fixture.get(&an, &dossier).await.expect(200);
    assert_eq!(seen.json["results"].as_array().map(Vec::len), Some(1), "it can still be downloaded");
    let [told] = fixture.installation.sent::<DossierNoticed>("submissions").await.try_into().expect("one notice");
    assert_eq!(told.notice, DossierNotice::Returned);
    let again = fixture.act(&fixture.receiver(), &dossier, "return", &body).await.expect(409);
    assert_eq!(again.json["code"], "status-does-not-allow");
    assert_eq!(fixture.count("audit_log where action = 'dossier.returned'").await, 1);
    fixture.assert_sound().await;
}

#[tokio::test]
async fn at_the_counter_somebody_signs_by_post_or_as_a_document_nobody_must() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let dossier = completed(&fixture, &an).await;
    let answer = fixture.act(&fixture.receiver(), &dossier, "return", &json!({"way": "COUNTER"})).await.expect(400);
    assert_eq!(errors(&answer), [("/returned_to".to_owned(), "required".to_owned())]);
    let _ = fixture.act(&fixture.receiver(), &dossier, "return", &json!({"way": "PIGEON"})).await.expect(400);
    for way in ["POST", "DIGITAL"] {
        let dossier = completed(&fixture, &an).await;
        let _ = fixture.act(&fixture.receiver(), &dossier, "return", &json!({"way": way})).await.expect(200);
    }
    fixture.assert_sound().await;
}
