//! Somebody else pays by a link, until it ends or is taken back.

use chrono::TimeDelta;
use civic::DossierStatus;
use serde_json::{Value, json};
use testkit::{Installation, Method, TestCaller, TestResponse, eventually};
use uuid::Uuid;

use crate::{
    checkouts::wallet,
    database::assert_sound,
    end_orders::moved,
    fees::{copies, open, owed, states},
    wallets::{Word, contracts, tell},
};

const ATTEMPTS: &str = "/api/v1/pay-links/attempts";

async fn installation() -> Installation {
    let flags = contracts("http://127.0.0.1:1");
    Installation::start_with([payments::service()], &[("payments", &flags)]).await
}

async fn call(by: &TestCaller, path: &str, body: &Value) -> TestResponse {
    by.call("payments", Method::POST, path).key(&Uuid::new_v4().to_string()).json(body).send().await
}

async fn make(by: &TestCaller, order: &str) -> (String, String) {
    let made = call(by, &format!("{order}/links"), &json!({"days": 2})).await.expect(201);
    let secret = made.text("/url").rsplit_once('/').unwrap().1.to_owned();
    (made.text("/id").to_owned(), secret)
}

async fn read(installation: &Installation, secret: &str) -> TestResponse {
    let call = installation.nobody().call("payments", Method::POST, "/api/v1/pay-links/reading");
    call.json(&json!({"secret": secret})).send().await
}

async fn start(installation: &Installation, secret: &str, provider: &str) -> TestResponse {
    call(&installation.nobody(), ATTEMPTS, &json!({"secret": secret, "provider": provider})).await
}

#[tokio::test]
async fn whoever_has_the_link_sees_what_is_due_and_nothing_else_and_pays_it() {
    let installation = installation().await;
    let an = installation.citizen("Nguyễn Văn An");
    let order = owed(&installation, &an).await;
    let (_, secret) = make(&an, &order).await;
    let due = read(&installation, &secret).await.expect(200);
    assert_eq!(due.json["total"]["amount"], 24_000);
    let whole = due.json.to_string();
    assert!(!whole.contains("H44.100") && !whole.contains(&an.party().id.to_string()), "{whole}");
    let begun = start(&installation, &secret, "MOMO").await.expect(201);
    let word = Word::paid(&begun.text("/attempt_id").replace('-', ""), "", 7);
    assert!(tell(&installation, "MOMO", &word).await);
    assert_eq!(states(&an, &order).await, ("PAID".into(), vec!["SETTLED".into()]));
    assert_eq!(start(&installation, &secret, "MOMO").await.expect(409).text("/code"), "already-paid");
    let paid = call(&an, &format!("{order}/links"), &json!({})).await.expect(409);
    assert_eq!(paid.text("/code"), "already-paid");
    assert_sound(&installation).await;
}

#[tokio::test]
async fn who_owes_and_who_has_the_link_are_sent_to_one_payment_at_a_provider() {
    let installation = installation().await;
    let an = installation.citizen("Nguyễn Văn An");
    let order = owed(&installation, &an).await;
    let (_, secret) = make(&an, &order).await;
    let by_link = start(&installation, &secret, "MOMO").await.expect(201);
    let own = call(&an, &format!("{order}/attempts"), &json!({"provider": "MOMO"})).await.expect(200);
    assert_eq!(own.json["attempt_id"], by_link.json["attempt_id"]);
    let again = start(&installation, &secret, "MOMO").await.expect(200);
    assert_eq!(again.json["attempt_id"], by_link.json["attempt_id"]);
    let elsewhere = start(&installation, &secret, "ZALOPAY").await.expect(201);
    assert_ne!(elsewhere.json["attempt_id"], by_link.json["attempt_id"]);
    assert_eq!(states(&an, &order).await.1, ["CREATED", "CREATED"]);
}

#[tokio::test]
async fn what_was_given_up_at_a_wallet_is_followed_by_another_for_her_and_by_a_link() {
    let url = wallet();
    let installation = Installation::start_with([payments::service()], &[("payments", &contracts(&url))]).await;
    let an = installation.citizen("Nguyễn Văn An");
    let order = owed(&installation, &an).await;
    let (_, secret) = make(&an, &order).await;
    call(&an, &format!("{order}/attempts"), &json!({"provider": "MOMO"})).await.expect(201);
    start(&installation, &secret, "MOMO").await.expect(201);
    call(&an, &format!("{order}/attempts"), &json!({"provider": "MOMO"})).await.expect(201);
    let mut attempts = states(&an, &order).await.1;
    attempts.sort();
    assert_eq!(attempts, ["CREATED", "FAILED", "FAILED"]);
    assert_sound(&installation).await;
}

#[tokio::test]
async fn a_link_ends_by_itself_and_can_be_taken_back_by_who_made_it_alone() {
    let installation = installation().await;
    let (an, binh) = (installation.citizen("Nguyễn Văn An"), installation.citizen("Lê Thị Bình"));
    let order = owed(&installation, &an).await;
    let (id, secret) = make(&an, &order).await;
    let (_, other) = make(&an, &order).await;
    let path = format!("{order}/links/{id}");
    let revoke = async |by: &TestCaller, path: &str| by.call("payments", Method::DELETE, path).send().await;
    assert_eq!(revoke(&binh, &path).await.expect(404).text("/code"), "payment-order-not-yet");
    let unknown = format!("{order}/links/{}", Uuid::now_v7());
    assert_eq!(revoke(&an, &unknown).await.expect(404).text("/code"), "pay-link-not-found");
    revoke(&an, &path).await.expect(204);
    revoke(&an, &path).await.expect(204);
    assert_eq!(read(&installation, &secret).await.expect(404).text("/code"), "pay-link-not-found");
    assert_eq!(start(&installation, &secret, "MOMO").await.expect(404).text("/code"), "pay-link-not-found");
    let listed = an.call("payments", Method::GET, &format!("{order}/links")).send().await.expect(200);
    let revoked = listed.json["items"].as_array().unwrap().iter().filter(|link| !link["revoked_at"].is_null()).count();
    assert_eq!(revoked, 1);
    read(&installation, &other).await.expect(200);
    installation.clock.advance(TimeDelta::days(2));
    assert_eq!(read(&installation, &other).await.expect(404).text("/code"), "pay-link-not-found");
}

#[tokio::test]
async fn a_link_is_refused_as_the_order_is_and_for_so_many_alone() {
    let installation = installation().await;
    let an = installation.citizen("Nguyễn Văn An");
    let fee = copies(an.party());
    let order = open(&installation, &an, &fee).await;
    for days in [0, 31] {
        call(&an, &format!("{order}/links"), &json!({"days": days})).await.expect(400);
    }
    let (_, secret) = make(&an, &order).await;
    for _ in 1..20 {
        make(&an, &order).await;
    }
    assert_eq!(call(&an, &format!("{order}/links"), &json!({})).await.expect(409).text("/code"), "too-many-pay-links");
    installation.publish("submissions", &moved(&fee, 2, DossierStatus::Withdrawn)).await;
    eventually(async || (states(&an, &order).await.0 == "CANCELLED").then_some(())).await;
    assert_eq!(start(&installation, &secret, "MOMO").await.expect(409).text("/code"), "payment-order-cancelled");
    let cancelled = call(&an, &format!("{order}/links"), &json!({})).await.expect(409);
    assert_eq!(cancelled.text("/code"), "payment-order-cancelled");
}

#[tokio::test]
async fn what_is_not_offered_overdue_or_closed_is_said_and_others_orders_are_not_there() {
    let installation = Installation::start([payments::service()]).await;
    let an = installation.citizen("Nguyễn Văn An");
    let mut fee = copies(an.party());
    fee.due_at = Some(installation.clock.now() + TimeDelta::hours(1));
    let order = open(&installation, &an, &fee).await;
    let (_, secret) = make(&an, &order).await;
    let refused = start(&installation, &secret, "MOMO").await.expect(409);
    assert_eq!(refused.text("/code"), "payment-way-not-offered");
    let own = call(&an, &format!("{order}/attempts"), &json!({"provider": "MOMO"})).await.expect(409);
    assert_eq!(own.text("/code"), "payment-way-not-offered");
    installation.clock.advance(TimeDelta::hours(1));
    assert_eq!(start(&installation, &secret, "VNPAY").await.expect(409).text("/code"), "payment-overdue");
    let overdue = call(&an, &format!("{order}/links"), &json!({})).await.expect(409);
    assert_eq!(overdue.text("/code"), "payment-overdue");
    close(&installation, &order).await;
    assert_eq!(start(&installation, &secret, "VNPAY").await.expect(409).text("/code"), "payment-order-closed");
    assert_eq!(
        call(&an, &format!("{order}/links"), &json!({})).await.expect(409).text("/code"),
        "payment-order-closed"
    );
    let nowhere = format!("/api/v1/payment-orders/{}", Uuid::now_v7());
    assert_eq!(
        call(&an, &format!("{nowhere}/links"), &json!({})).await.expect(404).text("/code"),
        "payment-order-not-found"
    );
    let not_yet = format!("/api/v1/payment-orders/{}", Uuid::new_v5(&Uuid::NAMESPACE_URL, b"x"));
    assert_eq!(
        call(&an, &format!("{not_yet}/links"), &json!({})).await.expect(404).text("/code"),
        "payment-order-not-yet"
    );
    for (path, code) in [(&nowhere, "payment-order-not-found"), (&not_yet, "payment-order-not-yet")] {
        for what in ["links", "provider-receipt"] {
            let listed = an.call("payments", Method::GET, &format!("{path}/{what}")).send().await.expect(404);
            assert_eq!(listed.text("/code"), code);
        }
    }
    let revoke = an.call("payments", Method::DELETE, &format!("{nowhere}/links/{}", Uuid::now_v7())).send().await;
    assert_eq!(revoke.expect(404).text("/code"), "payment-order-not-found");
    let official = installation.official(&[("H44.100", civic::OfficialRole::Cashier)]);
    for path in [format!("{order}/links"), format!("{order}/provider-receipt")] {
        official.call("payments", Method::GET, &path).send().await.expect(403);
    }
    call(&official, &format!("{order}/links"), &json!({})).await.expect(403);
    let path = format!("{order}/links/{}", Uuid::now_v7());
    official.call("payments", Method::DELETE, &path).send().await.expect(403);
    let none = an.call("payments", Method::GET, &format!("{order}/provider-receipt")).send().await.expect(409);
    assert_eq!(none.text("/code"), "no-provider-receipt");
}

/// As an official who frees the payer will.
async fn close(installation: &Installation, order: &str) {
    let id = order.rsplit_once('/').unwrap().1;
    let waive = format!("update orders set status = 'WAIVED', waived = total where id = '{id}'");
    diesel_async::SimpleAsyncConnection::batch_execute(&mut installation.database("payments").await, &waive)
        .await
        .unwrap();
}
