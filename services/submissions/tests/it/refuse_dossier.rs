//! `POST /api/v1/dossiers/{id}/refusal`

use chrono::TimeDelta;
use civic::events::{DossierMoved, DossierNotice, DossierNoticed};
use serde_json::json;

use crate::fixture::{BIRTH, COPY, Fixture, errors, reason, wanted};

#[tokio::test]
async fn a_refused_dossier_ends_without_a_clock_and_its_applicant_reads_why() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let (dossier, _) = fixture.filed(&an, BIRTH).await;
    let answer = fixture.act(&fixture.receiver(), &dossier, "refusal", &reason()).await.expect(200);
    assert_eq!(answer.json["status"], "NOT_RECEIVED");
    let seen = fixture.get(&an, &dossier).await.expect(200);
    assert_eq!(seen.json["history"][1]["reason"], reason()["reason"]);
    assert_eq!((&seen.json["received_at"], &seen.json["urgency"]), (&json!(null), &json!("ENDED")));
    let [told] = fixture.installation.sent::<DossierNoticed>("submissions").await.try_into().expect("one notice");
    assert_eq!((told.notice, told.applicant), (DossierNotice::NotReceived, an.party()));
    assert_eq!(told.reason.as_deref(), reason()["reason"].as_str());
    let moved = fixture.installation.sent::<DossierMoved>("submissions").await.pop().expect("a fact");
    assert_eq!((moved.status.code(), moved.reason.as_deref()), (Some(3), reason()["reason"].as_str()));
    assert_eq!(fixture.count("audit_log where action = 'dossier.refused'").await, 1);
    fixture.assert_sound().await;
}

#[tokio::test]
async fn what_was_received_or_waits_for_its_fee_is_not_refused() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let received = fixture.received(&an).await;
    let (unpaid, _) = fixture.filed(&an, COPY).await;
    for dossier in [received, unpaid] {
        let answer = fixture.act(&fixture.receiver(), &dossier, "refusal", &reason()).await.expect(409);
        assert_eq!(answer.json["code"], "status-does-not-allow");
    }
    let asked = fixture.asked(&an).await;
    let _ = fixture.act(&fixture.receiver(), &asked, "refusal", &reason()).await.expect(409);
}

#[tokio::test]
async fn who_was_asked_for_papers_before_the_receipt_can_still_be_refused() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let (dossier, _) = fixture.filed(&an, BIRTH).await;
    let _ = fixture.act(&fixture.receiver(), &dossier, "supplement-request", &wanted()).await.expect(200);
    fixture.installation.clock.advance(TimeDelta::hours(1));
    let answer = fixture.act(&fixture.receiver(), &dossier, "refusal", &reason()).await.expect(200);
    assert_eq!(answer.json["requests"][0]["state"], "CANCELLED");
    fixture.assert_sound().await;
}

#[tokio::test]
async fn a_reason_is_a_sentence() {
    let fixture = Fixture::open().await;
    let (dossier, _) = fixture.filed(&fixture.an(), BIRTH).await;
    for (text, code) in [("Lỗi.", "minLength"), (" ", "required"), (&"a".repeat(1001), "maxLength")] {
        let body = json!({"reason": text});
        let answer = fixture.act(&fixture.receiver(), &dossier, "refusal", &body).await.expect(400);
        assert_eq!(errors(&answer), [("/reason".to_owned(), code.to_owned())]);
    }
    let _ = fixture.act(&fixture.receiver(), &dossier, "refusal", &json!({})).await.expect(400);
    assert!(fixture.installation.sent::<DossierNoticed>("submissions").await.is_empty());
}
