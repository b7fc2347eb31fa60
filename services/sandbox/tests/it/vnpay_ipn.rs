//! VNPAY's notifications to the merchant, and every way they can go wrong.

use sandbox::Config;
use serde_json::json;

use crate::support::{
    Fixture,
    merchant::{Merchant, encode, read, sign, sign_with, verified},
    until,
};

async fn town_notifying(merchant: &Merchant) -> Fixture {
    let fixture = Fixture::new().await;
    fixture.register(&merchant.url).await;
    fixture
}

async fn answers(fixture: &Fixture, txn_ref: &str, count: usize) -> Vec<String> {
    until(async || {
        let payment = fixture.payment(txn_ref).await;
        let notifications = payment["notifications"].as_array()?.clone();
        let answers = notifications.iter().filter_map(|one| one["answer"].as_str().map(str::to_owned));
        Some(answers.collect::<Vec<_>>()).filter(|answers| answers.len() >= count)
    })
    .await
}

#[tokio::test]
async fn the_merchant_is_told_the_same_as_the_payer_signed_and_once() {
    let merchant = Merchant::answering(&[]);
    let fixture = town_notifying(&merchant).await;
    let (_, result) = fixture.pay("IPN1", "pay").await;
    let told = merchant.until_taken(1).await;
    assert_eq!(verified(&told[0]), result);
    assert_eq!(answers(&fixture, "IPN1", 1).await, ["00"]);
}

#[tokio::test]
async fn a_failed_payment_is_notified_too() {
    let merchant = Merchant::answering(&[]);
    let fixture = town_notifying(&merchant).await;
    fixture.pay("IPN2", "cancel").await;
    let told = merchant.until_taken(1).await;
    assert_eq!(verified(&told[0])["vnp_ResponseCode"], "24");
}

#[tokio::test]
async fn a_notification_is_repeated_until_the_merchant_confirms() {
    let merchant = Merchant::answering(&["500", "99", "97", "02"]);
    let fixture = town_notifying(&merchant).await;
    fixture.pay("IPN3", "pay").await;
    let answers = answers(&fixture, "IPN3", 4).await;
    assert_eq!(answers, ["HTTP 500 Internal Server Error", "99", "97", "02"]);
    assert_eq!(merchant.taken().len(), 4);
}

#[tokio::test]
async fn after_ten_attempts_a_notification_is_given_up() {
    let merchant = Merchant::answering(&["99"; 20]);
    let fixture = town_notifying(&merchant).await;
    fixture.pay("IPN4", "pay").await;
    assert_eq!(answers(&fixture, "IPN4", 10).await.len(), 10);
    // A later payment is notified while nothing more is said about the first.
    fixture.pay("IPN5", "pay").await;
    answers(&fixture, "IPN5", 10).await;
    assert_eq!(answers(&fixture, "IPN4", 10).await.len(), 10);
}

#[tokio::test]
async fn a_merchant_registered_late_is_still_notified() {
    let merchant = Merchant::answering(&[]);
    let fixture = Fixture::new().await;
    fixture.pay("IPN6", "pay").await;
    answers(&fixture, "IPN6", 1).await;
    fixture.register(&merchant.url).await;
    merchant.until_taken(1).await;
}

#[tokio::test]
async fn copies_arrive_all_together() {
    let merchant = Merchant::answering(&[]);
    let fixture = town_notifying(&merchant).await;
    fixture.behave(json!({ "vnpay": { "ipn_copies": 20 } })).await;
    fixture.pay("IPN7", "pay").await;
    let told = merchant.until_taken(20).await;
    assert!(told.iter().all(|one| *one == told[0]));
}

#[tokio::test]
async fn a_dropped_notification_never_comes_though_the_money_is_taken() {
    let merchant = Merchant::answering(&[]);
    let fixture = town_notifying(&merchant).await;
    fixture.behave(json!({ "vnpay": { "ipn_drop": true } })).await;
    fixture.pay("IPN8", "pay").await;
    fixture.behave(json!({})).await;
    fixture.pay("IPN9", "pay").await;
    let told = merchant.until_taken(1).await;
    assert_eq!(verified(&told[0])["vnp_TxnRef"], "IPN9");
    assert_eq!(fixture.payment("IPN8").await["transaction_status"], "00");
}

#[tokio::test]
async fn a_forged_notification_is_repeated_honestly_once_healed() {
    let merchant = Merchant::answering(&["97"]);
    let config =
        Config { vnpay_ipn_retry_ms: 500, vnpay_ipn_url: Some(merchant.url.clone()), ..Config::on_free_ports() };
    let fixture = Fixture::with(config).await;
    fixture.behave(json!({ "vnpay": { "ipn_forge_signature": true } })).await;
    let (_, result) = fixture.pay("IPN10", "pay").await;
    let (fields, claimed) = read(&merchant.until_taken(1).await[0]);
    assert_ne!(claimed, sign(&encode(&fields)));
    fixture.behave(json!({})).await;
    assert_eq!(verified(&merchant.until_taken(2).await[1]), result);
}

#[tokio::test]
async fn a_notification_can_be_signed_with_an_old_key_or_tell_another_amount_or_merchant() {
    let merchant = Merchant::answering(&[]);
    let fixture = town_notifying(&merchant).await;
    fixture.behave(json!({ "vnpay": { "ipn_sign_with": "OLDKEY" } })).await;
    fixture.pay("IPN11", "pay").await;
    let (fields, claimed) = read(&merchant.until_taken(1).await[0]);
    assert_eq!(claimed, sign_with("OLDKEY", &encode(&fields)));

    fixture.behave(json!({ "vnpay": { "ipn_amount_delta": -100, "ipn_tmn_code": "OTHERTMN" } })).await;
    fixture.pay("IPN12", "pay").await;
    let told = verified(&merchant.until_taken(2).await[1]);
    assert_eq!((told["vnp_Amount"].as_str(), told["vnp_TmnCode"].as_str()), ("7499900", "OTHERTMN"));
}

#[tokio::test]
async fn reordered_notifications_change_places() {
    let merchant = Merchant::answering(&[]);
    let fixture = town_notifying(&merchant).await;
    fixture.behave(json!({ "vnpay": { "ipn_reorder": true } })).await;
    fixture.pay("IPN13", "pay").await;
    fixture.pay("IPN14", "pay").await;
    let told = merchant.until_taken(2).await;
    let references: Vec<_> = told.iter().map(|one| verified(one)["vnp_TxnRef"].clone()).collect();
    assert_eq!(references, ["IPN14", "IPN13"]);
}

#[tokio::test]
async fn a_delayed_notification_lets_a_later_one_pass() {
    let merchant = Merchant::answering(&[]);
    let fixture = town_notifying(&merchant).await;
    fixture.behave(json!({ "vnpay": { "ipn_delay_ms": 500 } })).await;
    fixture.pay("IPN15", "pay").await;
    fixture.behave(json!({})).await;
    fixture.pay("IPN16", "pay").await;
    let told = merchant.until_taken(2).await;
    assert_eq!(verified(&told[0])["vnp_TxnRef"], "IPN16");
}
