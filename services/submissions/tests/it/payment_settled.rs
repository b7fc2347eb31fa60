//! What a payment does.

use civic::{
    Vnd,
    events::{DossierFeePaid, PaymentSettled},
};
use serde_json::json;
use testkit::eventually;
use uuid::Uuid;

use crate::house::{COPY, House};

#[tokio::test]
async fn a_paid_dossier_is_registered_and_officials_are_told() {
    let house = House::open().await;
    let an = house.an();
    let (dossier, receipt) = house.filed(&an, COPY).await;
    house.world.publish("payments", &house.payment(&receipt)).await;
    let view = house.until(&an, &dossier, "REGISTERED").await;
    assert_eq!(view.json["fee"]["paid_at"], "2026-07-21T03:00:00Z");
    assert_eq!(view.json["history"][2]["actor"], "SYSTEM");
    let [told] = house.world.sent::<DossierFeePaid>("submissions").await.try_into().expect("one event");
    assert_eq!((told.code.as_str(), told.total), (receipt.text("/code"), Vnd::new(16_000).expect("an amount")));
    let _ = house.post(&house.receiver(), &format!("{dossier}/receipt")).send().await.expect(200);
    house.assert_sound().await;
}

#[tokio::test]
async fn a_payment_told_twice_has_one_effect() {
    let house = House::open().await;
    let an = house.an();
    let (dossier, receipt) = house.filed(&an, COPY).await;
    let payment = house.payment(&receipt);
    let id = house.world.publish("payments", &payment).await;
    let before = house.until(&an, &dossier, "REGISTERED").await;
    house.world.publish_as(id, "payments", &payment).await;
    house.world.publish("payments", &payment).await;
    eventually(async || (house.count("inbox").await == 7).then_some(())).await;
    assert_eq!(house.get(&an, &dossier).await.json, before.json);
    assert_eq!(house.world.sent::<DossierFeePaid>("submissions").await.len(), 1);
    house.assert_sound().await;
}

#[tokio::test]
async fn a_payment_that_comes_after_the_receipt_moves_nothing() {
    let house = House::open().await;
    let an = house.an();
    let (dossier, receipt) = house.filed(&an, COPY).await;
    let payment = house.payment(&receipt);
    house.world.publish("payments", &payment).await;
    let _ = house.until(&an, &dossier, "REGISTERED").await;
    let _ = house.post(&house.receiver(), &format!("{dossier}/receipt")).send().await.expect(200);
    house.world.publish("payments", &payment).await;
    eventually(async || (house.count("inbox").await == 7).then_some(())).await;
    assert_eq!(house.get(&an, &dossier).await.json["status"], "RECEIVED");
    house.assert_sound().await;
}

#[tokio::test]
async fn a_dossier_that_moved_on_unpaid_is_marked_paid_and_stays_where_it_is() {
    let house = House::open().await;
    let an = house.an();
    let (dossier, receipt) = house.filed(&an, COPY).await;
    let moved = "update dossiers set status = 'RECEIVED'";
    diesel_async::RunQueryDsl::execute(diesel::sql_query(moved), &mut house.world.database("submissions").await)
        .await
        .expect("moved");
    house.world.publish("payments", &house.payment(&receipt)).await;
    let view = eventually(async || {
        Some(house.get(&an, &dossier).await).filter(|answer| answer.json["fee"]["paid_at"] != json!(null))
    });
    assert_eq!(view.await.json["status"], "RECEIVED");
}

#[tokio::test]
async fn a_payment_of_another_amount_or_order_changes_nothing() {
    let house = House::open().await;
    let an = house.an();
    let (dossier, receipt) = house.filed(&an, COPY).await;
    let right = house.payment(&receipt);
    let other_amount = PaymentSettled { amount: Vnd::new(15_999).expect("an amount"), ..right.clone() };
    let other_order = PaymentSettled { order_id: Uuid::new_v4(), ..right.clone() };
    house.world.publish("payments", &other_amount).await;
    house.world.publish("payments", &other_order).await;
    house.world.publish("payments", &right).await;
    let view = house.until(&an, &dossier, "REGISTERED").await;
    assert_eq!(view.json["history"].as_array().map(Vec::len), Some(3));
    assert_eq!(house.world.sent::<DossierFeePaid>("submissions").await.len(), 1);
    house.assert_sound().await;
}
