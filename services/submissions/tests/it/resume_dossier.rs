//! `POST /api/v1/dossiers/{id}/resumption`

use chrono::TimeDelta;
use civic::events::{DossierNotice, DossierNoticed};
use diesel_async::SimpleAsyncConnection;
use serde_json::json;

use crate::fixture::{COPY, Fixture, reason};

#[tokio::test]
async fn the_working_time_that_was_left_is_counted_from_then_on() {
    let fixture = Fixture::open().await;
    let (an, approver) = (fixture.an(), fixture.approver());
    let dossier = fixture.received(&an).await;
    let _ = fixture.act(&approver, &dossier, "suspension", &reason()).await.expect(200);
    fixture.installation.clock.advance(TimeDelta::hours(23));
    let note = json!({"note": "Đã có kết luận."});
    let answer = fixture.act(&approver, &dossier, "resumption", &note).await.expect(200);
    assert_eq!(
        (&answer.json["status"], &answer.json["due_at"]),
        (&json!("PROCESSING"), &json!("2026-07-22T09:00:00Z"))
    );
    assert_eq!(answer.json["history"][3]["note"], note["note"]);
    let told = fixture.installation.sent::<DossierNoticed>("submissions").await.pop().expect("a notice");
    assert_eq!(
        (told.notice, told.due_at.map(|due| due.to_rfc3339())),
        (DossierNotice::Resumed, Some("2026-07-22T09:00:00+00:00".into()))
    );
    let again = fixture.act(&approver, &dossier, "resumption", &json!({})).await.expect(409);
    assert_eq!(again.json["code"], "status-does-not-allow");
    fixture.assert_sound().await;
}

#[tokio::test]
async fn nobody_goes_on_with_what_is_not_paid_for() {
    let fixture = Fixture::open().await;
    let (an, approver) = (fixture.an(), fixture.approver());
    let (dossier, receipt) = fixture.filed(&an, COPY).await;
    fixture.installation.publish("payments", &fixture.payment(&receipt)).await;
    let _ = fixture.until(&an, &dossier, "REGISTERED").await;
    let _ = fixture.act(&fixture.receiver(), &dossier, "receipt", &json!({})).await.expect(200);
    let _ = fixture.act(&approver, &dossier, "suspension", &reason()).await.expect(200);
    // A charge while it is worked on, which no operation makes yet.
    let owed = "update charges set state = 'DUE', paid_at = null";
    fixture.installation.database("submissions").await.batch_execute(owed).await.expect("a charge that is owed");
    let answer = fixture.act(&approver, &dossier, "resumption", &json!({})).await.expect(409);
    assert_eq!(answer.json["code"], "charge-open");
}
