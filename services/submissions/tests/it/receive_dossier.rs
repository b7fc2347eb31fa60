//! `POST /api/v1/dossiers/{id}/receipt`

use chrono::TimeDelta;
use civic::{OfficialRole, events::DossierReceived};

use crate::fixture::{BIRTH, COPY, Fixture, HERE};

#[tokio::test]
async fn receiving_starts_the_agencys_time_and_tells_the_applicant() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let (dossier, receipt) = fixture.filed(&an, BIRTH).await;
    assert_eq!(receipt.json["due_at"], "2026-07-21T10:00:00Z");
    fixture.installation.clock.advance(TimeDelta::days(1));
    let answer = fixture.post(&fixture.receiver(), &format!("{dossier}/receipt")).send().await.expect(200);
    assert_eq!(answer.json["status"], "RECEIVED");
    assert_eq!(answer.json["received_at"], "2026-07-22T03:00:00Z");
    assert_eq!(answer.json["due_at"], "2026-07-22T10:00:00Z", "counted from the receipt");
    assert_eq!(answer.json["history"][1]["actor"], "OFFICIAL");
    let [told] = fixture.installation.sent::<DossierReceived>("submissions").await.try_into().expect("one event");
    assert_eq!((told.code.as_str(), told.applicant), ("H44.100-260721-0001", an.party()));
    assert_eq!(fixture.get(&an, &dossier).await.json["status"], "RECEIVED");
}

#[tokio::test]
async fn a_dossier_is_received_once_and_not_before_its_fee_is_paid() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let dossier = fixture.received(&an).await;
    let receipt = format!("{dossier}/receipt");
    let again = fixture.post(&fixture.receiver(), &receipt).send().await.expect(409);
    assert_eq!(again.json["code"], "status-does-not-allow");
    let (unpaid, _) = fixture.filed(&an, COPY).await;
    let answer = fixture.post(&fixture.receiver(), &format!("{unpaid}/receipt")).send().await.expect(409);
    assert_eq!(answer.json["code"], "fee-not-paid");
    assert_eq!(fixture.installation.sent::<DossierReceived>("submissions").await.len(), 1);
}

#[tokio::test]
async fn only_receivers_receive() {
    let fixture = Fixture::open().await;
    let (dossier, _) = fixture.filed(&fixture.an(), BIRTH).await;
    for role in [OfficialRole::Processor, OfficialRole::Approver, OfficialRole::Auditor, OfficialRole::Cashier] {
        let official = fixture.installation.official(&[(HERE, role)]);
        let _ = fixture.post(&official, &format!("{dossier}/receipt")).send().await.expect(403);
    }
}
