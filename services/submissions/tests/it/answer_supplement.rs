//! `POST /api/v1/dossiers/{id}/supplement`, and the documents that it sends in.

use chrono::TimeDelta;
use civic::events::{DossierMoved, DossierNotice, DossierNoticed};
use serde_json::json;
use testkit::Method;

use crate::fixture::{Fixture, errors};

#[tokio::test]
async fn what_is_sent_in_goes_on_with_the_time_that_was_left() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let dossier = fixture.asked(&an).await;
    fixture.installation.clock.advance(TimeDelta::hours(23));
    let document = fixture.upload(&an, &dossier, "GIAY_CHUNG_SINH").await.expect(201);
    assert_eq!(document.json["request"], 1);
    let moved = fixture.installation.sent::<DossierMoved>("submissions").await.pop().expect("a fact");
    assert_eq!(moved.papers.total, 2, "whoever listens knows of the paper");
    let sent = fixture.act(&an, &dossier, "supplement", &json!({})).await.expect(200);
    assert_eq!(sent.json["status"], "PROCESSING");
    // Of Tuesday five hours were left at ten o'clock; sent in at nine on Wednesday.
    assert_eq!(sent.json["due_at"], "2026-07-22T09:00:00Z");
    let request = &sent.json["requests"][0];
    assert_eq!((&request["state"], &request["papers"][0]["documents"][0]), (&json!("ANSWERED"), &document.json["id"]));
    let due = (&request["due_before"], &request["due_after"]);
    assert_eq!(due, (&json!("2026-07-21T10:00:00Z"), &json!("2026-07-22T09:00:00Z")), "both dates are kept");
    let told = fixture.installation.sent::<DossierNoticed>("submissions").await.pop().expect("a notice");
    assert_eq!(told.notice, DossierNotice::SupplementAnswered);
    let [asked_by] = told.officials[..] else { panic!("{:?}", told.officials) };
    assert_eq!(fixture.count(&format!("requests where asked_by = '{asked_by}'")).await, 1, "who asked is told");
    fixture.assert_sound().await;
}

#[tokio::test]
async fn nothing_is_sent_in_before_every_paper_is_there() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let dossier = fixture.asked(&an).await;
    let answer = fixture.act(&an, &dossier, "supplement", &json!({})).await.expect(409);
    assert_eq!(answer.json["code"], "dossier-incomplete");
    assert_eq!(errors(&answer), [("/documents/GIAY_CHUNG_SINH".to_owned(), "component-missing".to_owned())]);
    let other = fixture.upload(&an, &dossier, "GIAY_TO_KHAC").await.expect(409);
    assert_eq!(other.json["code"], "paper-not-asked");
}

#[tokio::test]
async fn until_it_is_sent_in_an_answers_document_can_be_taken_out_and_nothing_else() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let dossier = fixture.asked(&an).await;
    let remove =
        async |id: &str| an.call("submissions", Method::DELETE, &format!("{dossier}/documents/{id}")).send().await;
    let first = fixture.get(&an, &dossier).await.text("/documents/0/id").to_owned();
    let _ = remove(&first).await.expect(409);
    let wrong = fixture.upload(&an, &dossier, "GIAY_CHUNG_SINH").await.expect(201).text("/id").to_owned();
    let _ = remove(&wrong).await.expect(204);
    let right = fixture.upload(&an, &dossier, "GIAY_CHUNG_SINH").await.expect(201).text("/id").to_owned();
    let _ = fixture.act(&an, &dossier, "supplement", &json!({})).await.expect(200);
    let _ = remove(&right).await.expect(409);
    let again = fixture.act(&an, &dossier, "supplement", &json!({})).await.expect(409);
    assert_eq!(again.json["code"], "status-does-not-allow");
    fixture.assert_sound().await;
}
