//! What a payment does.

use civic::{
    Vnd,
    events::{DossierFeePaid, PaymentSettled},
};
use serde_json::json;
use testkit::eventually;
use uuid::Uuid;

use crate::fixture::{COPY, Fixture};

#[tokio::test]
async fn a_paid_dossier_is_registered_and_officials_are_told() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let (dossier, receipt) = fixture.filed(&an, COPY).await;
    fixture.installation.publish("payments", &fixture.payment(&receipt)).await;
    let view = fixture.until(&an, &dossier, "REGISTERED").await;
    assert_eq!(view.json["fee"]["paid_at"], "2026-07-21T03:00:00Z");
    assert_eq!(view.json["history"][2]["actor"], "SYSTEM");
    let [told] = fixture.installation.sent::<DossierFeePaid>("submissions").await.try_into().expect("one event");
    assert_eq!((told.code.as_str(), told.total), (receipt.text("/code"), Vnd::new(16_000).expect("an amount")));
    let _ = fixture.post(&fixture.receiver(), &format!("{dossier}/receipt")).send().await.expect(200);
    fixture.assert_sound().await;
}

#[tokio::test]
async fn a_payment_told_twice_has_one_effect() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let (dossier, receipt) = fixture.filed(&an, COPY).await;
    let payment = fixture.payment(&receipt);
    let id = fixture.installation.publish("payments", &payment).await;
    let before = fixture.until(&an, &dossier, "REGISTERED").await;
    fixture.installation.publish_as(id, "payments", &payment).await;
    fixture.installation.publish("payments", &payment).await;
    eventually(async || (fixture.count("inbox").await == 7).then_some(())).await;
    assert_eq!(fixture.get(&an, &dossier).await.json, before.json);
    assert_eq!(fixture.installation.sent::<DossierFeePaid>("submissions").await.len(), 1);
    fixture.assert_sound().await;
}

#[tokio::test]
async fn a_payment_that_comes_after_the_receipt_moves_nothing() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let (dossier, receipt) = fixture.filed(&an, COPY).await;
    let payment = fixture.payment(&receipt);
    fixture.installation.publish("payments", &payment).await;
    let _ = fixture.until(&an, &dossier, "REGISTERED").await;
    let _ = fixture.post(&fixture.receiver(), &format!("{dossier}/receipt")).send().await.expect(200);
    fixture.installation.publish("payments", &payment).await;
    eventually(async || (fixture.count("inbox").await == 7).then_some(())).await;
    assert_eq!(fixture.get(&an, &dossier).await.json["status"], "RECEIVED");
    fixture.assert_sound().await;
}

#[tokio::test]
async fn a_dossier_that_moved_on_unpaid_is_marked_paid_and_stays_where_it_is() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let (dossier, receipt) = fixture.filed(&an, COPY).await;
    let moved = "update dossiers set status = 'RECEIVED'";
    diesel_async::RunQueryDsl::execute(
        diesel::sql_query(moved),
        &mut fixture.installation.database("submissions").await,
    )
    .await
    .expect("moved");
    fixture.installation.publish("payments", &fixture.payment(&receipt)).await;
    let view = eventually(async || {
        Some(fixture.get(&an, &dossier).await).filter(|answer| answer.json["fee"]["paid_at"] != json!(null))
    });
    assert_eq!(view.await.json["status"], "RECEIVED");
}

#[tokio::test]
async fn a_payment_of_another_amount_or_order_changes_nothing() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let (dossier, receipt) = fixture.filed(&an, COPY).await;
    let right = fixture.payment(&receipt);
    let other_amount = PaymentSettled { amount: Vnd::new(15_999).expect("an amount"), ..right.clone() };
    let other_order = PaymentSettled { order_id: Uuid::new_v4(), ..right.clone() };
    fixture.installation.publish("payments", &other_amount).await;
    fixture.installation.publish("payments", &other_order).await;
    fixture.installation.publish("payments", &right).await;
    let view = fixture.until(&an, &dossier, "REGISTERED").await;
    assert_eq!(view.json["history"].as_array().map(Vec::len), Some(3));
    assert_eq!(fixture.installation.sent::<DossierFeePaid>("submissions").await.len(), 1);
    fixture.assert_sound().await;
}
