//! `POST /api/v1/dossiers/{id}/completion`

use civic::events::DossierCompleted;
use serde_json::json;

use crate::house::House;

#[tokio::test]
async fn completing_tells_the_applicant_and_keeps_the_note_among_officials() {
    let house = House::open().await;
    let (an, approver) = (house.an(), house.approver());
    let dossier = house.received(&an).await;
    let _ = house.issue(&approver, &dossier).await.expect(201);
    let completion = format!("{dossier}/completion");
    let note = json!({"note": "Đã đối chiếu bản gốc."});
    let answer = house.post(&approver, &completion).json(&note).send().await.expect(200);
    assert_eq!(
        (&answer.json["status"], &answer.json["completed_at"]),
        (&json!("COMPLETED"), &json!("2026-07-21T03:00:00Z"))
    );
    assert_eq!(answer.json["history"][2]["note"], note["note"]);
    assert_eq!(house.get(&an, &dossier).await.json["history"][2].get("note"), None);
    let [told] = house.world.sent::<DossierCompleted>("submissions").await.try_into().expect("one event");
    assert_eq!(told.applicant, an.party());
    let again = house.post(&approver, &completion).json(&json!({})).send().await.expect(409);
    assert_eq!(again.json["code"], "status-does-not-allow");
}

#[tokio::test]
async fn nothing_is_completed_without_a_result() {
    let house = House::open().await;
    let (an, approver) = (house.an(), house.approver());
    let completion = format!("{}/completion", house.received(&an).await);
    let answer = house.post(&approver, &completion).json(&json!({})).send().await.expect(409);
    assert_eq!(answer.json["code"], "result-missing");
    let long = json!({"note": "a".repeat(1001)});
    let _ = house.post(&approver, &completion).json(&long).send().await.expect(400);
    let _ = house.post(&approver, &completion).json(&json!({"note": "\u{0}"})).send().await.expect(400);
    assert!(house.world.sent::<DossierCompleted>("submissions").await.is_empty());
}
