//! VNPAY's notifications to the merchant, and every way they can go wrong.

use sandbox::Config;
use serde_json::json;

use crate::support::{
    Town,
    merchant::{Merchant, encode, read, sign, sign_with, verified},
    until,
};

async fn town_notifying(merchant: &Merchant) -> Town {
    let town = Town::new().await;
    town.register(&merchant.url).await;
    town
}

async fn answers(town: &Town, txn_ref: &str, count: usize) -> Vec<String> {
    until(async || {
        let payment = town.payment(txn_ref).await;
        let notifications = payment["notifications"].as_array()?.clone();
        let answers = notifications.iter().filter_map(|one| one["answer"].as_str().map(str::to_owned));
        Some(answers.collect::<Vec<_>>()).filter(|answers| answers.len() >= count)
    })
    .await
}

#[tokio::test]
async fn the_merchant_is_told_the_same_as_the_payer_signed_and_once() {
    let merchant = Merchant::answering(&[]);
    let town = town_notifying(&merchant).await;
    let (_, result) = town.pay("IPN1", "pay").await;
    let told = merchant.until_taken(1).await;
    assert_eq!(verified(&told[0]), result);
    assert_eq!(answers(&town, "IPN1", 1).await, ["00"]);
}

#[tokio::test]
async fn a_failed_payment_is_notified_too() {
    let merchant = Merchant::answering(&[]);
    let town = town_notifying(&merchant).await;
    town.pay("IPN2", "cancel").await;
    let told = merchant.until_taken(1).await;
    assert_eq!(verified(&told[0])["vnp_ResponseCode"], "24");
}

#[tokio::test]
async fn a_notification_is_repeated_until_the_merchant_confirms() {
    let merchant = Merchant::answering(&["500", "99", "97", "02"]);
    let town = town_notifying(&merchant).await;
    town.pay("IPN3", "pay").await;
    let answers = answers(&town, "IPN3", 4).await;
    assert_eq!(answers, ["HTTP 500 Internal Server Error", "99", "97", "02"]);
    assert_eq!(merchant.taken().len(), 4);
}

#[tokio::test]
async fn after_ten_attempts_a_notification_is_given_up() {
    let merchant = Merchant::answering(&["99"; 20]);
    let town = town_notifying(&merchant).await;
    town.pay("IPN4", "pay").await;
    assert_eq!(answers(&town, "IPN4", 10).await.len(), 10);
    // A later payment is notified while nothing more is said about the first.
    town.pay("IPN5", "pay").await;
    answers(&town, "IPN5", 10).await;
    assert_eq!(answers(&town, "IPN4", 10).await.len(), 10);
}

#[tokio::test]
async fn a_merchant_registered_late_is_still_notified() {
    let merchant = Merchant::answering(&[]);
    let town = Town::new().await;
    town.pay("IPN6", "pay").await;
    answers(&town, "IPN6", 1).await;
    town.register(&merchant.url).await;
    merchant.until_taken(1).await;
}

#[tokio::test]
async fn copies_arrive_all_together() {
    let merchant = Merchant::answering(&[]);
    let town = town_notifying(&merchant).await;
    town.behave(json!({ "vnpay": { "ipn_copies": 20 } })).await;
    town.pay("IPN7", "pay").await;
    let told = merchant.until_taken(20).await;
    assert!(told.iter().all(|one| *one == told[0]));
}

#[tokio::test]
async fn a_dropped_notification_never_comes_though_the_money_is_taken() {
    let merchant = Merchant::answering(&[]);
    let town = town_notifying(&merchant).await;
    town.behave(json!({ "vnpay": { "ipn_drop": true } })).await;
    town.pay("IPN8", "pay").await;
    town.behave(json!({})).await;
    town.pay("IPN9", "pay").await;
    let told = merchant.until_taken(1).await;
    assert_eq!(verified(&told[0])["vnp_TxnRef"], "IPN9");
    assert_eq!(town.payment("IPN8").await["transaction_status"], "00");
}

#[tokio::test]
async fn a_forged_notification_is_repeated_honestly_once_healed() {
    let merchant = Merchant::answering(&["97"]);
    let config =
        Config { vnpay_ipn_retry_ms: 500, vnpay_ipn_url: Some(merchant.url.clone()), ..Config::on_free_ports() };
    let town = Town::with(config).await;
    town.behave(json!({ "vnpay": { "ipn_forge_signature": true } })).await;
    let (_, result) = town.pay("IPN10", "pay").await;
    let (fields, claimed) = read(&merchant.until_taken(1).await[0]);
    assert_ne!(claimed, sign(&encode(&fields)));
    town.behave(json!({})).await;
    assert_eq!(verified(&merchant.until_taken(2).await[1]), result);
}

#[tokio::test]
async fn a_notification_can_be_signed_with_an_old_key_or_tell_another_amount_or_merchant() {
    let merchant = Merchant::answering(&[]);
    let town = town_notifying(&merchant).await;
    town.behave(json!({ "vnpay": { "ipn_sign_with": "OLDKEY" } })).await;
    town.pay("IPN11", "pay").await;
    let (fields, claimed) = read(&merchant.until_taken(1).await[0]);
    assert_eq!(claimed, sign_with("OLDKEY", &encode(&fields)));

    town.behave(json!({ "vnpay": { "ipn_amount_delta": -100, "ipn_tmn_code": "OTHERTMN" } })).await;
    town.pay("IPN12", "pay").await;
    let told = verified(&merchant.until_taken(2).await[1]);
    assert_eq!((told["vnp_Amount"].as_str(), told["vnp_TmnCode"].as_str()), ("7499900", "OTHERTMN"));
}

#[tokio::test]
async fn reordered_notifications_change_places() {
    let merchant = Merchant::answering(&[]);
    let town = town_notifying(&merchant).await;
    town.behave(json!({ "vnpay": { "ipn_reorder": true } })).await;
    town.pay("IPN13", "pay").await;
    town.pay("IPN14", "pay").await;
    let told = merchant.until_taken(2).await;
    let references: Vec<_> = told.iter().map(|one| verified(one)["vnp_TxnRef"].clone()).collect();
    assert_eq!(references, ["IPN14", "IPN13"]);
}

#[tokio::test]
async fn a_delayed_notification_lets_a_later_one_pass() {
    let merchant = Merchant::answering(&[]);
    let town = town_notifying(&merchant).await;
    town.behave(json!({ "vnpay": { "ipn_delay_ms": 500 } })).await;
    town.pay("IPN15", "pay").await;
    town.behave(json!({})).await;
    town.pay("IPN16", "pay").await;
    let told = merchant.until_taken(2).await;
    assert_eq!(verified(&told[0])["vnp_TxnRef"], "IPN16");
}
