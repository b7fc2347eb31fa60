//! `POST /api/v1/dossiers/{id}/completion`

use civic::events::DossierCompleted;
use serde_json::json;

use crate::fixture::Fixture;

#[tokio::test]
async fn completing_tells_the_applicant_and_keeps_the_note_among_officials() {
    let fixture = Fixture::open().await;
    let (an, approver) = (fixture.an(), fixture.approver());
    let dossier = fixture.received(&an).await;
    let _ = fixture.issue(&approver, &dossier).await.expect(201);
    let completion = format!("{dossier}/completion");
    let note = json!({"note": "Đã đối chiếu bản gốc."});
    let typed = json!({"note": " Đa\u{303} đối chiếu bản gốc.\r\n"});
    let answer = fixture.post(&approver, &completion).json(&typed).send().await.expect(200);
    assert_eq!(
        (&answer.json["status"], &answer.json["completed_at"]),
        (&json!("COMPLETED"), &json!("2026-07-21T03:00:00Z"))
    );
    assert_eq!(answer.json["history"][2]["note"], note["note"]);
    assert_eq!(fixture.get(&an, &dossier).await.json["history"][2].get("note"), None);
    let [told] = fixture.installation.sent::<DossierCompleted>("submissions").await.try_into().expect("one event");
    assert_eq!(told.applicant, an.party());
    let again = fixture.post(&approver, &completion).json(&json!({})).send().await.expect(409);
    assert_eq!(again.json["code"], "status-does-not-allow");
}

#[tokio::test]
async fn nothing_is_completed_without_a_result() {
    let fixture = Fixture::open().await;
    let (an, approver) = (fixture.an(), fixture.approver());
    let completion = format!("{}/completion", fixture.received(&an).await);
    let answer = fixture.post(&approver, &completion).json(&json!({})).send().await.expect(409);
    assert_eq!(answer.json["code"], "result-missing");
    let long = json!({"note": "a".repeat(1001)});
    let _ = fixture.post(&approver, &completion).json(&long).send().await.expect(400);
    let _ = fixture.post(&approver, &completion).json(&json!({"note": "\u{0}"})).send().await.expect(400);
    assert!(fixture.installation.sent::<DossierCompleted>("submissions").await.is_empty());
}
