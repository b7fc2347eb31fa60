//! `POST /api/v1/dossiers/{id}/extension`

use chrono::TimeDelta;
use civic::{
    OfficialRole,
    events::{DossierMoved, DossierNotice, DossierNoticed},
};
use serde_json::{Value, json};

use crate::fixture::{Fixture, RESIDENCE, reason};

fn days(working_days: u16) -> Value {
    let reason = reason()["reason"].clone();
    json!({"working_days": working_days, "reason": reason})
}

/// A dossier of seven working days, received on Tuesday 21 July at 10:00: due on Thursday 30 July at 17:00.
async fn received(fixture: &Fixture) -> String {
    let an = fixture.an();
    let (dossier, receipt) = fixture.filed(&an, RESIDENCE).await;
    fixture.installation.publish("payments", &fixture.payment(&receipt)).await;
    let _ = fixture.until(&an, &dossier, "REGISTERED").await;
    let view = fixture.act(&fixture.receiver(), &dossier, "receipt", &json!({})).await.expect(200);
    assert_eq!(view.json["due_at"], "2026-07-30T10:00:00Z");
    dossier
}

#[tokio::test]
async fn a_date_is_put_off_once_with_an_apology_and_the_one_before_is_kept() {
    let fixture = Fixture::open().await;
    let dossier = received(&fixture).await;
    let approver = fixture.approver();
    let answer = fixture.act(&approver, &dossier, "extension", &days(3)).await.expect(200);
    // Three working days over a weekend: Tuesday 4 August.
    assert_eq!((&answer.json["due_at"], &answer.json["status"]), (&json!("2026-08-04T10:00:00Z"), &json!("RECEIVED")));
    let kept = &answer.json["requests"][0];
    assert_eq!((&kept["kind"], &kept["state"]), (&json!("EXTENSION"), &json!("ANSWERED")));
    let dates = (&kept["due_before"], &kept["due_after"]);
    assert_eq!(dates, (&json!("2026-07-30T10:00:00Z"), &json!("2026-08-04T10:00:00Z")));
    let told = fixture.installation.sent::<DossierNoticed>("submissions").await.pop().expect("a notice");
    assert_eq!((told.notice, told.reason.as_deref()), (DossierNotice::Extended, reason()["reason"].as_str()));
    assert_eq!(told.due_before.map(|due| due.to_rfc3339()), Some("2026-07-30T10:00:00+00:00".into()));
    let moved = fixture.installation.sent::<DossierMoved>("submissions").await.pop().expect("a fact");
    assert_eq!(moved.clock.due_at, told.due_at);
    let again = fixture.act(&approver, &dossier, "extension", &days(1)).await.expect(409);
    assert_eq!(again.json["code"], "extended-before");
    let mut why = days(1);
    why["override_reason"] = "Cơ quan được lấy ý kiến xin thêm thời gian.".into();
    let more = fixture.act(&approver, &dossier, "extension", &why).await.expect(200);
    assert_eq!(more.json["due_at"], "2026-08-05T10:00:00Z");
    assert_eq!(more.json["requests"][1]["override_reason"], why["override_reason"]);
    fixture.assert_sound().await;
    // A pause afterwards is counted from the new date.
    let _ = fixture.act(&approver, &dossier, "suspension", &reason()).await.expect(200);
    fixture.installation.clock.advance(TimeDelta::days(1));
    let on = fixture.act(&approver, &dossier, "resumption", &json!({})).await.expect(200);
    assert_eq!(on.json["due_at"], "2026-08-06T10:00:00Z");
    fixture.assert_sound().await;
}

#[tokio::test]
async fn no_more_time_is_taken_than_the_law_gives_for_the_whole() {
    let fixture = Fixture::open().await;
    let dossier = received(&fixture).await;
    let too_long = fixture.act(&fixture.approver(), &dossier, "extension", &days(8)).await.expect(409);
    assert_eq!(too_long.json["code"], "extension-too-long");
    let most = fixture.act(&fixture.approver(), &dossier, "extension", &days(7)).await.expect(200);
    assert_eq!(most.json["due_at"], "2026-08-10T10:00:00Z");
}

#[tokio::test]
async fn a_date_is_put_off_before_it_is_over_and_while_the_time_runs() {
    let fixture = Fixture::open().await;
    let (dossier, approver) = (received(&fixture).await, fixture.approver());
    let _ = fixture.act(&approver, &dossier, "suspension", &reason()).await.expect(200);
    let stopped = fixture.act(&approver, &dossier, "extension", &days(1)).await.expect(409);
    assert_eq!(stopped.json["code"], "status-does-not-allow");
    let _ = fixture.act(&approver, &dossier, "resumption", &json!({})).await.expect(200);
    fixture.installation.clock.advance(TimeDelta::days(10));
    let late = fixture.act(&approver, &dossier, "extension", &days(1)).await.expect(409);
    assert_eq!(late.json["code"], "overdue-already");
    let _ = fixture.act(&fixture.receiver(), &dossier, "extension", &days(1)).await.expect(403);
    let elsewhere = fixture.installation.official(&[("H44.101", OfficialRole::Approver)]);
    let _ = fixture.act(&elsewhere, &dossier, "extension", &days(1)).await.expect(404);
}
