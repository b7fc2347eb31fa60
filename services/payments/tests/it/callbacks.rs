//! `/api/v1/agencies/{agency}/payment-callbacks`: what a person must look at.

use civic::OfficialRole;
use serde_json::{Value, json};
use testkit::{Installation, Method, TestCaller, TestResponse};
use uuid::Uuid;

use crate::{
    database::{assert_sound, count},
    fees::{begin, owed, states},
    provider::Notice,
};

const CALLBACKS: &str = "/api/v1/agencies/H44.100/payment-callbacks";

async fn list(by: &TestCaller, path: &str) -> TestResponse {
    by.call("payments", Method::GET, path).send().await
}

async fn review(by: &TestCaller, id: &str, reason: &str) -> TestResponse {
    let call = by.call("payments", Method::POST, &format!("{CALLBACKS}/{id}/review"));
    call.key(&Uuid::new_v4().to_string()).json(&json!({"reason": reason})).send().await
}

/// In the order of their names: what comes at the same moment has no other.
fn verdicts(answer: &TestResponse) -> Vec<&str> {
    let mut all: Vec<_> = items(answer).iter().map(|item| item["verdict"].as_str().unwrap()).collect();
    all.sort_unstable();
    all
}

fn items(answer: &TestResponse) -> &Vec<Value> {
    answer.json["items"].as_array().unwrap()
}

#[tokio::test]
async fn what_was_told_and_not_acted_on_waits_at_its_agency_until_an_official_has_looked_at_it() {
    let installation = Installation::start([payments::service()]).await;
    let an = installation.citizen("Nguyễn Văn An");
    let [cashier, auditor] =
        [OfficialRole::Cashier, OfficialRole::Auditor].map(|role| installation.official(&[("H44.100", role)]));
    let order = owed(&installation, &an).await;
    let notice = Notice::paid(&begin(&an, &order).await);
    assert!(verdicts(&list(&cashier, CALLBACKS).await.expect(200)).is_empty());
    assert_eq!(notice.clone().with("vnp_Amount", "2400100").send(&installation).await, "04");
    assert_eq!(notice.clone().with("vnp_TmnCode", "OTHERTMN").send(&installation).await, "04");
    let waiting = list(&auditor, CALLBACKS).await.expect(200);
    assert_eq!(verdicts(&waiting), ["WRONG_AMOUNT", "WRONG_MERCHANT"]);
    let first = items(&waiting).iter().find(|item| item["verdict"] == "WRONG_AMOUNT").unwrap();
    assert_eq!((&first["order_status"], &first["attempt_status"]), (&"DUE".into(), &"CREATED".into()));
    assert_eq!(first["amount"], json!({"amount": 24_000, "currency": "VND"}));
    let id = first["id"].as_str().unwrap();
    let _ = review(&cashier, id, "Rồi.").await.expect(400);
    review(&cashier, id, "Đã hỏi VNPAY: không có khoản này.").await.expect(200);
    assert_eq!(
        review(&cashier, id, "Đã hỏi VNPAY lần nữa.").await.expect(404).text("/code"),
        "payment-callback-not-found"
    );
    assert_eq!(verdicts(&list(&cashier, CALLBACKS).await.expect(200)), ["WRONG_MERCHANT"]);
    assert_eq!(count(&installation, "audit_log where action = 'payment_callback.reviewed'").await, 1);
    assert_eq!(states(&an, &order).await, ("DUE".into(), vec!["CREATED".into()]), "looking at it moves no money");
    // The same words once more are the same callback.
    assert_eq!(notice.with("vnp_Amount", "2400100").send(&installation).await, "04");
    assert_eq!(verdicts(&list(&cashier, CALLBACKS).await.expect(200)), ["WRONG_MERCHANT"]);
    assert_sound(&installation).await;
}

#[tokio::test]
async fn what_waits_is_its_agencys_and_nobody_looks_at_her_own() {
    let installation = Installation::start([payments::service()]).await;
    let an = installation.citizen("Nguyễn Văn An");
    let elsewhere = installation.official(&[("H44.101", OfficialRole::Cashier)]);
    let order = owed(&installation, &an).await;
    let notice = Notice::paid(&begin(&an, &order).await);
    assert_eq!(notice.with("vnp_Amount", "100").send(&installation).await, "04");
    let own = installation.in_post(an.id, &[("H44.100", OfficialRole::Cashier)]);
    let id = list(&own, CALLBACKS).await.expect(200).text("/items/0/id").to_owned();
    let refused = review(&own, &id, "Khoản này là của tôi.").await.expect(409);
    assert_eq!(refused.text("/code"), "own-payment-order");
    assert_eq!(list(&elsewhere, CALLBACKS).await.expect(404).text("/code"), "agency-not-found");
    assert_eq!(review(&elsewhere, &id, "Không phải của mình.").await.expect(404).text("/code"), "agency-not-found");
    let auditor = installation.official(&[("H44.100", OfficialRole::Auditor)]);
    let _ = review(&auditor, &id, "Kiểm toán chỉ xem thôi.").await.expect(403);
    let theirs = list(&elsewhere, "/api/v1/agencies/H44.101/payment-callbacks").await.expect(200);
    assert!(verdicts(&theirs).is_empty());
}
