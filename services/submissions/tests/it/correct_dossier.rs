//! `POST /api/v1/dossiers/{id}/correction`

use chrono::TimeDelta;
use civic::{
    OfficialRole,
    events::{DossierCompleted, DossierNotice, DossierNoticed},
};
use serde_json::json;
use testkit::TestCaller;

use crate::fixture::{BIRTH, Fixture, HERE, reason};

/// A completed dossier.
async fn completed(fixture: &Fixture, who: &TestCaller) -> String {
    let dossier = fixture.received(who).await;
    let _ = fixture.issue(&fixture.approver(), &dossier).await.expect(201);
    let _ = fixture.act(&fixture.approver(), &dossier, "completion", &json!({})).await.expect(200);
    dossier
}

#[tokio::test]
async fn a_new_result_takes_the_place_of_the_one_before_and_the_time_does_not_run_again() {
    let fixture = Fixture::open().await;
    let (an, approver) = (fixture.an(), fixture.approver());
    let dossier = completed(&fixture, &an).await;
    let first = fixture.get(&an, &dossier).await;
    fixture.installation.clock.advance(TimeDelta::days(30));
    let taken_up = fixture.act(&approver, &dossier, "correction", &reason()).await.expect(200);
    assert_eq!((&taken_up.json["status"], &taken_up.json["urgency"]), (&json!("PROCESSING"), &json!("PAUSED")));
    assert_eq!(
        (&taken_up.json["due_at"], &taken_up.json["completed_at"]),
        (&first.json["due_at"], &first.json["completed_at"])
    );
    let told = fixture.installation.sent::<DossierNoticed>("submissions").await.pop().expect("a notice");
    assert_eq!((told.notice, told.reason.as_deref()), (DossierNotice::Corrected, reason()["reason"].as_str()));
    let counts = fixture.get(&approver, &format!("/api/v1/agencies/{HERE}/dossier-counts")).await.expect(200);
    assert_eq!(counts.json["overdue"]["dossiers"], 0, "what is corrected is not late");
    let late = fixture.get(&approver, &format!("/api/v1/agencies/{HERE}/dossiers?work=OVERDUE")).await.expect(200);
    assert_eq!(late.json["items"], json!([]));
    fixture.assert_sound().await;
    // The one before is the applicant's still, and said to be replaced; the new one is not, until it is completed.
    let none = fixture.act(&approver, &dossier, "completion", &json!({})).await.expect(409);
    assert_eq!(none.json["code"], "result-missing");
    let _ = fixture.issue(&approver, &dossier).await.expect(201);
    let meanwhile = fixture.get(&an, &dossier).await;
    assert_eq!(meanwhile.json["results"].as_array().map(Vec::len), Some(1));
    assert_eq!(
        (&meanwhile.json["results"][0]["id"], &meanwhile.json["results"][0]["replaced"]),
        (&first.json["results"][0]["id"], &json!(true))
    );
    let again = fixture.act(&approver, &dossier, "completion", &json!({})).await.expect(200);
    assert_eq!(again.json["requests"][0]["state"], "ANSWERED");
    let now = fixture.get(&an, &dossier).await;
    let replaced: Vec<_> = now.json["results"].as_array().expect("results").iter().map(|it| &it["replaced"]).collect();
    assert_eq!(replaced, [&json!(true), &json!(false)]);
    let completions = fixture.installation.sent::<DossierCompleted>("submissions").await;
    assert_eq!(completions.iter().map(|told| told.corrected).collect::<Vec<_>>(), [false, true]);
    fixture.assert_sound().await;
}

#[tokio::test]
async fn what_was_handed_over_is_handed_over_again() {
    let fixture = Fixture::open().await;
    let (an, approver, receiver) = (fixture.an(), fixture.approver(), fixture.receiver());
    let dossier = completed(&fixture, &an).await;
    let at_the_counter = json!({"way": "COUNTER", "returned_to": "Nguyễn Văn An"});
    let _ = fixture.act(&receiver, &dossier, "return", &at_the_counter).await.expect(200);
    let taken_up = fixture.act(&approver, &dossier, "correction", &reason()).await.expect(200);
    assert_eq!(taken_up.json["returned"], json!(null));
    fixture.assert_sound().await;
    let _ = fixture.issue(&approver, &dossier).await.expect(201);
    let _ = fixture.act(&approver, &dossier, "completion", &json!({})).await.expect(200);
    let _ = fixture.act(&receiver, &dossier, "return", &json!({"way": "DIGITAL"})).await.expect(200);
    assert_eq!(fixture.count("replaced_returns where way = 'COUNTER' and returned_to = 'Nguyễn Văn An'").await, 1);
    fixture.assert_sound().await;
}

#[tokio::test]
async fn only_who_approves_corrects_and_only_what_has_a_result() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let dossier = completed(&fixture, &an).await;
    let processor = fixture.installation.official(&[(HERE, OfficialRole::Processor)]);
    let elsewhere = fixture.installation.official(&[("H44.101", OfficialRole::Approver)]);
    let _ = fixture.act(&processor, &dossier, "correction", &reason()).await.expect(403);
    let _ = fixture.act(&elsewhere, &dossier, "correction", &reason()).await.expect(404);
    let (withdrawn, _) = fixture.filed(&an, BIRTH).await;
    let _ = fixture.act(&an, &withdrawn, "withdrawal", &json!({})).await.expect(200);
    let (refused, _) = fixture.filed(&an, BIRTH).await;
    let _ = fixture.act(&fixture.receiver(), &refused, "refusal", &reason()).await.expect(200);
    for over in [&withdrawn, &refused] {
        let answer = fixture.act(&fixture.approver(), over, "correction", &reason()).await.expect(409);
        assert_eq!(answer.json["code"], "status-does-not-allow");
    }
    // Once taken up again, it is the agency's: it cannot be taken back.
    let _ = fixture.act(&fixture.approver(), &dossier, "correction", &reason()).await.expect(200);
    let back = fixture.act(&an, &dossier, "withdrawal", &json!({})).await.expect(409);
    assert_eq!(back.json["code"], "status-does-not-allow");
}

#[tokio::test]
async fn a_correction_that_the_law_gives_a_time_of_its_own_starts_the_clock_again() {
    let fixture = Fixture::open().await;
    let (an, approver) = (fixture.an(), fixture.approver());
    let dossier = completed(&fixture, &an).await;
    // Thursday 20 August, 10:00; births are registered on the same day.
    fixture.installation.clock.advance(TimeDelta::days(30));
    let mut anew = reason();
    anew["time"] = json!("ANEW");
    let taken_up = fixture.act(&approver, &dossier, "correction", &anew).await.expect(200);
    assert_eq!(
        (&taken_up.json["due_at"], &taken_up.json["urgency"], &taken_up.json["completed_at"]),
        (&json!("2026-08-20T10:00:00Z"), &json!("DUE_SOON"), &json!(null))
    );
    let kinds = taken_up.json["due_explained"].to_string();
    assert!(kinds.contains("RESTARTED"), "{kinds}");
    let told = fixture.installation.sent::<DossierNoticed>("submissions").await.pop().expect("a notice");
    assert_eq!(told.due_at.map(|due| due.to_rfc3339()).as_deref(), Some("2026-08-20T10:00:00+00:00"));
    fixture.assert_sound().await;
    let back = fixture.act(&an, &dossier, "withdrawal", &json!({})).await.expect(409);
    assert_eq!(back.json["code"], "status-does-not-allow");
    assert_eq!(fixture.get(&an, &dossier).await.json["results"].as_array().map(Vec::len), Some(1), "what was replaced");
    fixture.installation.clock.advance(TimeDelta::days(1));
    let late = fixture.get(&approver, &format!("/api/v1/agencies/{HERE}/dossiers?work=OVERDUE")).await.expect(200);
    assert_eq!(late.json["items"].as_array().map(Vec::len), Some(1), "it is late now");
    let _ = fixture.issue(&approver, &dossier).await.expect(201);
    let again = fixture.act(&approver, &dossier, "completion", &json!({})).await.expect(200);
    assert_eq!(again.json["completed_at"], "2026-08-21T03:00:00Z");
    fixture.assert_sound().await;
}
