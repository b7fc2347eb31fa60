//! `POST /api/v1/dossiers/{id}/scans`: papers that were handed in are scanned.

use civic::OfficialRole::Receiver;
use serde_json::json;
use testkit::{TestCaller, TestResponse};

use crate::{
    fixture::{BAD, COPY, ELSEWHERE, Fixture, HERE, PDF, RESIDENCE, infected},
    intake::{COPY_4, handed_in, take_in},
};

async fn scan(fixture: &Fixture, who: &TestCaller, dossier: &str, bytes: &[u8], media_type: &str) -> TestResponse {
    let path = format!("{dossier}/scans?component=GIAY_TO_KHAC&file_name=a.pdf");
    fixture.post(who, &path).body(bytes.to_vec(), media_type).send().await
}

async fn taken(fixture: &Fixture, procedure: &str) -> String {
    let receipt = take_in(fixture, &fixture.receiver(), HERE, &handed_in(procedure, "DIRECT")).await.expect(201);
    receipt.header("location").expect("a location").to_owned()
}

#[tokio::test]
async fn a_receiver_adds_scans_to_what_was_handed_in() {
    let fixture = Fixture::open().await;
    let dossier = taken(&fixture, COPY).await;
    let _ = scan(&fixture, &fixture.receiver(), &dossier, PDF, "application/pdf").await.expect(201);
    let view = fixture.get(&fixture.receiver(), &dossier).await.expect(200);
    assert_eq!(view.json["documents"].as_array().map(Vec::len), Some(1));
    assert_eq!(fixture.count("audit_log where action = 'document.scanned'").await, 1);
    let _ = scan(&fixture, &fixture.approver(), &dossier, PDF, "application/pdf").await.expect(403);
    fixture.assert_sound().await;
}

#[tokio::test]
async fn the_centre_that_took_it_in_scans_for_the_agency_and_no_other_does() {
    let fixture = Fixture::open().await;
    fixture.publish(COPY, 4, COPY_4).await;
    let centre = fixture.installation.official(&[(ELSEWHERE, Receiver)]);
    let receipt = take_in(&fixture, &centre, ELSEWHERE, &handed_in(COPY, "DIRECT")).await.expect(201);
    let dossier = receipt.header("location").expect("a location");
    let _ = scan(&fixture, &centre, dossier, PDF, "application/pdf").await.expect(201);
    let other = fixture.installation.official(&[("H44.102", Receiver)]);
    let _ = scan(&fixture, &other, dossier, PDF, "application/pdf").await.expect(404);
    fixture.assert_sound().await;
}

#[tokio::test]
async fn what_its_applicant_filed_online_is_hers_to_add_to() {
    let fixture = Fixture::open().await;
    let (dossier, _) = fixture.filed(&fixture.an(), COPY).await;
    let refused = scan(&fixture, &fixture.receiver(), &dossier, PDF, "application/pdf").await.expect(409);
    assert_eq!(refused.text("/code"), "not-taken-in-by-hand");
}

#[tokio::test]
async fn what_cannot_be_opened_is_no_scan_and_an_ended_dossier_gets_none() {
    let address = crate::fixture::clamd().await;
    let fixture = Fixture::open_with(&["--clamd", &address]).await;
    let (receiver, dossier) = (fixture.receiver(), taken(&fixture, COPY).await);
    for (bytes, media_type, code) in BAD {
        let refused = scan(&fixture, &receiver, &dossier, bytes, media_type).await;
        assert_eq!(refused.text("/code"), *code);
    }
    let refused = scan(&fixture, &receiver, &dossier, &infected(), "application/pdf").await;
    assert_eq!(refused.text("/code"), "file-infected");
    for _ in 0..50 {
        let _ = scan(&fixture, &receiver, &dossier, PDF, "application/pdf").await.expect(201);
    }
    let refused = scan(&fixture, &receiver, &dossier, PDF, "application/pdf").await.expect(409);
    assert_eq!(refused.text("/code"), "too-many-documents");
    let receipt = take_in(&fixture, &receiver, HERE, &handed_in(RESIDENCE, "POST")).await.expect(201);
    let ended = receipt.header("location").expect("a location");
    let approver = fixture.approver();
    let _ = fixture.issue(&approver, ended).await.expect(201);
    let _ = fixture.act(&approver, ended, "completion", &json!({})).await.expect(200);
    let path = format!("{ended}/scans?component=CT01&file_name=a.pdf");
    let refused = fixture.post(&receiver, &path).body(PDF, "application/pdf").send().await.expect(409);
    assert_eq!(refused.text("/code"), "status-does-not-allow");
}

#[tokio::test]
async fn nobody_scans_for_her_own_dossier() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let mut intake = handed_in(COPY, "DIRECT");
    intake["applicant"]["account"] = json!(an.id);
    let receipt = take_in(&fixture, &fixture.receiver(), HERE, &intake).await.expect(201);
    let official = fixture.installation.in_post(an.id, &[(HERE, Receiver)]);
    let dossier = receipt.header("location").expect("a location");
    let refused = scan(&fixture, &official, dossier, PDF, "application/pdf").await.expect(409);
    assert_eq!(refused.text("/code"), "own-dossier");
}
