//! Beginning an attempt to pay.

use chrono::{DateTime, TimeDelta, Utc};
use diesel_async::SimpleAsyncConnection;
use serde_json::{Value, json};
use testkit::{Installation, Method, TestCaller, TestResponse};

use crate::{
    database::{assert_sound, count},
    fees::{begin, copies, open, owed, states},
    provider::{Mood, Notice, Questions, SECRET, hash, query_of},
};

async fn attempt(payer: &TestCaller, order: &str, key: &str, body: Value) -> TestResponse {
    let call = payer.call("payments", Method::POST, &format!("{order}/attempts")).key(key);
    call.header("x-forwarded-for", "198.51.100.1, 203.0.113.7").json(&body).send().await
}

#[tokio::test]
async fn the_payer_is_sent_to_the_provider_with_a_signed_address() {
    let installation = Installation::start([payments::service()]).await;
    let an = installation.citizen("Nguyễn Văn An");
    let order = owed(&installation, &an).await;
    let answer = attempt(&an, &order, "k1", json!({"provider": "VNPAY", "language": "en"})).await.expect(201);
    assert_eq!(answer.header("location"), Some(order.as_str()));
    let url = answer.text("/pay_url");
    let (page, query) = url.split_once('?').unwrap();
    assert_eq!(page, "http://127.0.0.1:8090/paymentv2/vpcpay.html");
    let (signed, signature) = query.split_once("&vnp_SecureHash=").unwrap();
    assert_eq!(signature, hash(SECRET, signed));
    let fields = query_of(url);
    for (name, value) in [
        ("vnp_Version", "2.1.0"),
        ("vnp_Command", "pay"),
        ("vnp_TmnCode", "DEMOTMN1"),
        ("vnp_Amount", "2400000"),
        ("vnp_CurrCode", "VND"),
        ("vnp_CreateDate", "20260721100000"),
        ("vnp_ExpireDate", "20260721101500"),
        ("vnp_Locale", "en"),
        ("vnp_IpAddr", "203.0.113.7"),
        ("vnp_OrderInfo", "Nop phi ho so H44.100-260721-0001"),
        ("vnp_ReturnUrl", "http://127.0.0.1:8080/payment-return"),
    ] {
        assert_eq!(fields[name], value, "{name}");
    }
    assert_eq!(answer.read::<Value>()["expires_at"].as_str().unwrap().parse(), Ok(moment("2026-07-21T03:15:00Z")));
}

fn moment(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

#[tokio::test]
async fn an_optional_member_may_be_null_as_well_as_absent() {
    let installation = Installation::start([payments::service()]).await;
    let an = installation.citizen("Nguyễn Văn An");
    let order = owed(&installation, &an).await;
    let answer = attempt(&an, &order, "k1", json!({"provider": "VNPAY", "language": null})).await.expect(201);
    assert_eq!(query_of(answer.text("/pay_url"))["vnp_Locale"], "vn");
}

#[tokio::test]
async fn the_same_key_begins_one_attempt_and_asks_the_provider_once() {
    let installation = Installation::start([payments::service()]).await;
    let an = installation.citizen("Nguyễn Văn An");
    let order = owed(&installation, &an).await;
    let first = attempt(&an, &order, "k1", json!({"provider": "VNPAY"})).await.expect(201);
    let again = attempt(&an, &order, "k1", json!({"provider": "VNPAY"})).await.expect(201);
    assert_eq!(first.bytes, again.bytes);
    assert_eq!(again.header("idempotency-replayed"), Some("true"));
    let _ = attempt(&an, &order, "k1", json!({"provider": "VNPAY", "language": "en"})).await.expect(422);
    assert_eq!((count(&installation, "attempts").await, count(&installation, "jobs").await), (1, 1));
    assert_eq!(count(&installation, "audit_log where action = 'payment_attempt.started'").await, 1);
    assert_sound(&installation).await;
}

#[tokio::test]
async fn an_attempt_that_may_still_be_paid_is_offered_again_instead_of_another() {
    // While she has not finished: of a provider that is silent that would be noted in between.
    let vnpay = Questions::answered(Mood::Status("01"));
    let installation =
        Installation::start_with([payments::service()], &[("payments", &["--vnpay-api-url", &vnpay.url])]).await;
    let an = installation.citizen("Nguyễn Văn An");
    let order = owed(&installation, &an).await;
    let first = attempt(&an, &order, "k1", json!({"provider": "VNPAY"})).await.expect(201);
    installation.clock.advance(TimeDelta::minutes(14));
    let again = attempt(&an, &order, "k2", json!({"provider": "VNPAY"})).await.expect(200);
    assert_eq!((&again.json, again.header("location")), (&first.json, None));
    assert_eq!((count(&installation, "attempts").await, count(&installation, "order_history").await), (1, 2));
    let unclear = Notice::paid(&query_of(first.text("/pay_url"))["vnp_TxnRef"]).with("vnp_ResponseCode", "07");
    assert_eq!(unclear.send(&installation).await, "00");
    assert_eq!(states(&an, &order).await.1, ["UNKNOWN"]);
    let again = attempt(&an, &order, "k3", json!({"provider": "VNPAY"})).await.expect(200);
    assert_eq!(again.json, first.json);
    assert_sound(&installation).await;
}

/// An order of which an attempt has begun at a provider that answers questions so.
async fn begun(mood: Mood) -> (Installation, Questions, TestCaller, String) {
    let vnpay = Questions::answered(mood);
    let installation =
        Installation::start_with([payments::service()], &[("payments", &["--vnpay-api-url", &vnpay.url])]).await;
    let an = installation.citizen("Nguyễn Văn An");
    let order = owed(&installation, &an).await;
    let _ = begin(&an, &order).await;
    (installation, vnpay, an, order)
}

#[tokio::test]
async fn what_was_given_up_at_the_provider_is_followed_by_another_although_its_word_is_late() {
    let (installation, vnpay, an, order) = begun(Mood::Status("02")).await;
    let _ = attempt(&an, &order, "k2", json!({"provider": "VNPAY"})).await.expect(201);
    let mut attempts = states(&an, &order).await.1;
    attempts.sort();
    assert_eq!(attempts, ["CREATED", "FAILED"]);
    assert_eq!(vnpay.asked().len(), 1);
    assert_sound(&installation).await;
}

#[tokio::test]
async fn what_was_paid_at_the_provider_is_not_paid_again_although_its_word_is_late() {
    let (installation, _vnpay, an, order) = begun(Mood::Status("00")).await;
    let refused = attempt(&an, &order, "k2", json!({"provider": "VNPAY"})).await.expect(409);
    assert_eq!(refused.text("/code"), "already-paid");
    assert_eq!(states(&an, &order).await, ("PAID".to_owned(), vec!["SETTLED".to_owned()]));
    assert_sound(&installation).await;
}

#[tokio::test]
async fn while_the_provider_does_not_tell_what_is_open_is_offered_again() {
    for mood in [Mood::Status("01"), Mood::NotFound, Mood::Broken, Mood::Unsigned] {
        let (installation, _vnpay, an, order) = begun(mood).await;
        let _ = attempt(&an, &order, "k2", json!({"provider": "VNPAY"})).await.expect(200);
        assert_eq!(states(&an, &order).await.1, ["CREATED"]);
        assert_sound(&installation).await;
    }
}

#[tokio::test]
async fn a_stranger_has_nobody_asked() {
    let (installation, vnpay, _an, order) = begun(Mood::Status("02")).await;
    let stranger = installation.citizen("Trần Thị Bình");
    let _ = attempt(&stranger, &order, "k2", json!({"provider": "VNPAY"})).await.expect(404);
    assert!(vnpay.asked().is_empty());
}

#[tokio::test]
async fn an_attempt_that_failed_or_ran_out_is_followed_by_another() {
    let installation = Installation::start([payments::service()]).await;
    let an = installation.citizen("Nguyễn Văn An");
    let order = owed(&installation, &an).await;
    let first = begin(&an, &order).await;
    assert_eq!(Notice::cancelled(&first).send(&installation).await, "00");
    let second = begin(&an, &order).await;
    installation.clock.advance(TimeDelta::minutes(15));
    let third = begin(&an, &order).await;
    assert!(first != second && second != third && first != third);
    assert_sound(&installation).await;
}

#[tokio::test]
async fn a_paid_order_takes_no_further_attempt() {
    let installation = Installation::start([payments::service()]).await;
    let an = installation.citizen("Nguyễn Văn An");
    let order = owed(&installation, &an).await;
    assert_eq!(Notice::paid(&begin(&an, &order).await).send(&installation).await, "00");
    let answer = attempt(&an, &order, "k1", json!({"provider": "VNPAY"})).await.expect(409);
    assert_eq!(answer.text("/code"), "already-paid");
}

#[tokio::test]
async fn an_attempt_ends_with_the_time_to_pay_and_none_begins_after_it() {
    let installation = Installation::start([payments::service()]).await;
    let an = installation.citizen("Nguyễn Văn An");
    let mut fee = copies(an.party());
    fee.due_at = Some(installation.clock.now() + TimeDelta::minutes(10));
    let order = open(&installation, &an, &fee).await;
    let answer = attempt(&an, &order, "k1", json!({"provider": "VNPAY"})).await.expect(201);
    assert_eq!(answer.text("/expires_at").parse(), Ok(fee.due_at.unwrap()));
    installation.clock.advance(TimeDelta::minutes(10));
    let answer = attempt(&an, &order, "k2", json!({"provider": "VNPAY"})).await.expect(409);
    assert_eq!(answer.text("/code"), "payment-overdue");
}

#[tokio::test]
async fn what_is_not_understood_and_whoever_is_not_the_payer_begins_nothing() {
    let installation = Installation::start([payments::service()]).await;
    let an = installation.citizen("Nguyễn Văn An");
    let order = owed(&installation, &an).await;
    for body in [json!({}), json!({"provider": "PAYPAL"}), json!({"provider": "VNPAY", "amount": 1}), json!([])] {
        let _ = attempt(&an, &order, "k1", body).await.expect(400);
    }
    let keyless = an.call("payments", Method::POST, &format!("{order}/attempts")).json(&json!({"provider": "VNPAY"}));
    assert_eq!(keyless.send().await.expect(400).text("/code"), "idempotency-key-required");
    let stranger = installation.citizen("Trần Thị Bình");
    let _ = attempt(&stranger, &order, "k1", json!({"provider": "VNPAY"})).await.expect(404);
    let _ = attempt(&installation.nobody(), &order, "k1", json!({"provider": "VNPAY"})).await.expect(401);
    assert_eq!(count(&installation, "attempts").await, 0);
}

#[tokio::test]
async fn an_order_that_is_not_to_be_paid_any_more_takes_no_attempt() {
    let installation = Installation::start([payments::service()]).await;
    let an = installation.citizen("Nguyễn Văn An");
    let order = owed(&installation, &an).await;
    let conn = &mut installation.database("payments").await;
    for (status, code) in [("CANCELLED", "payment-order-cancelled"), ("WAIVED", "payment-order-closed")] {
        conn.batch_execute(&format!(
            "update orders set status = '{status}', waived = case '{status}' when 'WAIVED' then total else 0 end"
        ))
        .await
        .unwrap();
        let call = an.call("payments", Method::POST, &format!("{order}/attempts")).key("one");
        let refused = call.json(&json!({"provider": "VNPAY"})).send().await.expect(409);
        assert_eq!(refused.text("/code"), code);
    }
}
