//! `POST /api/v1/dossiers/{id}/refusal-document`

use civic::events::DossierCompleted;
use diesel_async::SimpleAsyncConnection;
use serde_json::json;
use testkit::{TestCaller, TestResponse};

use crate::fixture::{BAD, BIRTH, COPY, Fixture, PDF, infected, reason};

const WHY: &str = "Không đủ điều kiện theo Điều 16 Luật Hộ tịch.";
/// The same in an address.
const ENCODED: &str = "Kh%C3%B4ng%20%C4%91%E1%BB%A7%20%C4%91i%E1%BB%81u%20ki%E1%BB%87n%20theo%20%C4%90i%E1%BB%81u%2016%20Lu%E1%BA%ADt%20H%E1%BB%99%20t%E1%BB%8Bch.";

async fn decline(fixture: &Fixture, who: &TestCaller, dossier: &str, file: &[u8], why: &str) -> TestResponse {
    let path = format!("{dossier}/refusal-document?file_name=t%E1%BB%AB%20ch%E1%BB%91i.pdf&reason={why}");
    fixture.post(who, &path).body(file, "application/pdf").send().await
}

#[tokio::test]
async fn declining_completes_a_dossier_with_the_document_that_says_why() {
    let fixture = Fixture::open().await;
    let (an, approver) = (fixture.an(), fixture.approver());
    let dossier = fixture.received(&an).await;
    let issued = fixture.issue(&approver, &dossier).await.expect(201).text("/id").to_owned();
    let document = decline(&fixture, &approver, &dossier, PDF, ENCODED).await.expect(201);
    assert_eq!(document.json["kind"], "REFUSAL");
    let seen = fixture.get(&an, &dossier).await.expect(200);
    assert_eq!((&seen.json["status"], &seen.json["history"][2]["reason"]), (&json!("COMPLETED"), &json!(WHY)));
    assert_eq!(seen.json["results"], json!([document.json]), "nothing but the document is given");
    let _ = fixture.get(&an, &format!("{dossier}/results/{issued}")).await.expect(404);
    let file = fixture.get(&an, &format!("{dossier}/results/{}", document.text("/id"))).await.expect(200);
    assert_eq!(file.bytes, PDF);
    let [told] = fixture.installation.sent::<DossierCompleted>("submissions").await.try_into().expect("one event");
    assert!(told.declined);
    let audited = "audit_log where action in ('dossier.declined', 'result.issued')";
    assert_eq!(fixture.count(audited).await, 3);
    fixture.assert_sound().await;
}

#[tokio::test]
async fn what_was_stopped_can_be_declined_and_what_is_not_received_or_paid_for_cannot() {
    let fixture = Fixture::open().await;
    let (an, approver) = (fixture.an(), fixture.approver());
    let stopped = fixture.received(&an).await;
    let _ = fixture.act(&approver, &stopped, "suspension", &reason()).await.expect(200);
    let _ = decline(&fixture, &approver, &stopped, PDF, ENCODED).await.expect(201);
    fixture.assert_sound().await;
    let (registered, _) = fixture.filed(&an, BIRTH).await;
    for dossier in [&registered, &stopped] {
        let answer = decline(&fixture, &approver, dossier, PDF, ENCODED).await.expect(409);
        assert_eq!(answer.json["code"], "status-does-not-allow");
    }
    let (unpaid, receipt) = fixture.filed(&an, COPY).await;
    fixture.installation.publish("payments", &fixture.payment(&receipt)).await;
    let _ = fixture.until(&an, &unpaid, "REGISTERED").await;
    let _ = fixture.act(&fixture.receiver(), &unpaid, "receipt", &json!({})).await.expect(200);
    let _ = fixture.act(&approver, &unpaid, "suspension", &reason()).await.expect(200);
    // A charge while it is worked on, which no operation makes yet.
    let owed = "update charges set state = 'DUE', paid_at = null";
    fixture.installation.database("submissions").await.batch_execute(owed).await.expect("a charge that is owed");
    let answer = decline(&fixture, &approver, &unpaid, PDF, ENCODED).await.expect(409);
    assert_eq!(answer.json["code"], "charge-open");
}

#[tokio::test]
async fn without_a_reason_or_with_a_bad_file_nothing_is_declined() {
    let clamd = crate::fixture::clamd().await;
    let fixture = Fixture::open_with(&["--clamd", &clamd]).await;
    let (an, approver) = (fixture.an(), fixture.approver());
    let dossier = fixture.received(&an).await;
    let _ = decline(&fixture, &approver, &dossier, PDF, "Kh%C3%B4ng.").await.expect(400);
    for (file, _, code) in BAD {
        let answer = decline(&fixture, &approver, &dossier, file, ENCODED).await;
        assert_eq!(answer.json["code"], *code);
    }
    let answer = decline(&fixture, &approver, &dossier, &infected(), ENCODED).await;
    assert_eq!(answer.json["code"], "file-infected");
    let elsewhere = fixture.installation.official(&[("H44.101", civic::OfficialRole::Approver)]);
    let _ = decline(&fixture, &elsewhere, &dossier, PDF, ENCODED).await.expect(404);
    assert_eq!(fixture.get(&an, &dossier).await.json["status"], "RECEIVED");
}
