//! `POST /api/v1/dossiers/{id}/suspension`

use civic::events::{DossierNotice, DossierNoticed};
use serde_json::json;

use crate::fixture::{BIRTH, Fixture, reason, wanted};

#[tokio::test]
async fn a_stopped_dossiers_time_stands_still_and_its_applicant_reads_why() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let dossier = fixture.received(&an).await;
    let answer = fixture.act(&fixture.approver(), &dossier, "suspension", &reason()).await.expect(200);
    assert_eq!((&answer.json["status"], &answer.json["urgency"]), (&json!("STOPPED"), &json!("PAUSED")));
    assert_eq!(fixture.get(&an, &dossier).await.json["history"][2]["reason"], reason()["reason"]);
    let [told] = fixture.installation.sent::<DossierNoticed>("submissions").await.try_into().expect("one notice");
    assert_eq!((told.notice, told.reason.as_deref()), (DossierNotice::Stopped, reason()["reason"].as_str()));
    fixture.assert_sound().await;
}

#[tokio::test]
async fn what_waits_for_papers_may_be_stopped_once_it_was_received() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let asked = fixture.asked(&an).await;
    let stopped = fixture.act(&fixture.approver(), &asked, "suspension", &reason()).await.expect(200);
    assert_eq!(stopped.json["requests"][0]["state"], "CANCELLED");
    let (waiting, _) = fixture.filed(&an, BIRTH).await;
    let _ = fixture.act(&fixture.receiver(), &waiting, "supplement-request", &wanted()).await.expect(200);
    let answer = fixture.act(&fixture.approver(), &waiting, "suspension", &reason()).await.expect(409);
    assert_eq!(answer.json["code"], "status-does-not-allow");
    fixture.assert_sound().await;
}
