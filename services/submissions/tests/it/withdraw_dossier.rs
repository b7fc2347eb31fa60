//! `POST /api/v1/dossiers/{id}/withdrawal`

use civic::events::{DossierNotice, DossierNoticed};
use serde_json::json;

use crate::fixture::{BIRTH, COPY, Fixture, HERE, reason};

#[tokio::test]
async fn an_applicant_takes_a_dossier_back_until_it_is_decided() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let (registered, _) = fixture.filed(&an, BIRTH).await;
    let (unpaid, _) = fixture.filed(&an, COPY).await;
    let (received, asked) = (fixture.received(&an).await, fixture.asked(&an).await);
    for dossier in [&registered, &unpaid, &received, &asked] {
        let answer = fixture.act(&an, dossier, "withdrawal", &json!({"reason": "Nộp nhầm."})).await.expect(200);
        assert_eq!(
            (&answer.json["status"], &answer.json["urgency"]),
            (&json!("WITHDRAWN"), &json!("ENDED")),
            "{dossier}"
        );
        let _ = fixture.act(&an, dossier, "withdrawal", &json!({})).await.expect(409);
    }
    let seen = fixture.get(&fixture.receiver(), &registered).await.expect(200);
    assert_eq!(seen.json["history"][1]["reason"], "Nộp nhầm.");
    let told = fixture.installation.sent::<DossierNoticed>("submissions").await;
    assert_eq!(told.iter().filter(|told| told.notice == DossierNotice::Withdrawn).count(), 4);
    fixture.assert_sound().await;
}

#[tokio::test]
async fn what_is_a_draft_stopped_or_completed_is_not_withdrawn() {
    let fixture = Fixture::open().await;
    let (an, approver) = (fixture.an(), fixture.approver());
    let draft = fixture.draft(&an, BIRTH, HERE).await;
    let stopped = fixture.received(&an).await;
    let _ = fixture.act(&approver, &stopped, "suspension", &reason()).await.expect(200);
    let completed = fixture.received(&an).await;
    let _ = fixture.issue(&approver, &completed).await.expect(201);
    let _ = fixture.act(&approver, &completed, "completion", &json!({})).await.expect(200);
    for dossier in [&draft, &stopped, &completed] {
        let answer = fixture.act(&an, dossier, "withdrawal", &json!({})).await.expect(409);
        assert_eq!(answer.json["code"], "status-does-not-allow", "{dossier}");
    }
}
