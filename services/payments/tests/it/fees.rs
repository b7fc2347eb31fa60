//! Fees as submissions tells of them, and attempts to pay them.

use civic::{
    LocalText, Party, Vnd,
    events::{DossierFeeDue, FeeLine},
    order_id,
};
use diesel_async::SimpleAsyncConnection;
use serde_json::json;
use testkit::{Installation, Method, TestCaller, eventually};
use uuid::Uuid;

use crate::provider::query_of;

/// What every fee of these tests costs.
pub const TOTAL: i64 = 24_000;

/// A fee for copies of a birth certificate.
pub fn copies(payer: Party) -> DossierFeeDue {
    let dong = |amount| Vnd::new(amount).unwrap();
    let line = |vi: &str, en: &str, quantity, unit, amount| FeeLine {
        name: LocalText::new(vi, en),
        quantity,
        unit_amount: dong(unit),
        amount: dong(amount),
        legal_basis: None,
    };
    let dossier_id = Uuid::new_v4();
    DossierFeeDue {
        order_id: order_id(dossier_id, 1),
        dossier_id,
        code: "H44.100-260721-0001".parse().unwrap(),
        agency: "H44.100".parse().unwrap(),
        procedure: "2.000635".parse().unwrap(),
        payer,
        lines: vec![line("Bản sao", "Copies", 2, 8_000, 16_000), line("Bưu chính", "Post", 1, 8_000, 8_000)],
        total: dong(TOTAL),
        due_at: None,
    }
}

/// Tells the fee, and waits until its order is open.
pub async fn open(installation: &Installation, payer: &TestCaller, fee: &DossierFeeDue) -> String {
    installation.publish("submissions", fee).await;
    let path = format!("/api/v1/payment-orders/{}", fee.order_id);
    eventually(|| async { (payer.call("payments", Method::GET, &path).send().await.status == 200).then_some(()) })
        .await;
    path
}

/// The path of an order that is due.
pub async fn owed(installation: &Installation, payer: &TestCaller) -> String {
    open(installation, payer, &copies(payer.party())).await
}

/// Begins an attempt to pay; gives our name for it at the provider.
pub async fn begin(payer: &TestCaller, order: &str) -> String {
    let call = payer.call("payments", Method::POST, &format!("{order}/attempts")).key(&Uuid::new_v4().to_string());
    let answer = call.json(&json!({"provider": "VNPAY"})).send().await.expect(201);
    query_of(answer.text("/pay_url"))["vnp_TxnRef"].clone()
}

/// Begins another attempt, after those before have run out.
pub async fn begin_another(installation: &Installation, payer: &TestCaller, order: &str) -> String {
    let conn = &mut installation.database("payments").await;
    conn.batch_execute("update attempts set expires_at = created_at").await.unwrap();
    begin(payer, order).await
}

/// The states of an order and of its attempts.
pub async fn states(payer: &TestCaller, order: &str) -> (String, Vec<String>) {
    let answer = payer.call("payments", Method::GET, order).send().await.expect(200);
    let attempts = answer.json["attempts"].as_array().unwrap();
    let attempts = attempts.iter().map(|attempt| attempt["status"].as_str().unwrap().to_owned());
    (answer.text("/status").to_owned(), attempts.collect())
}
