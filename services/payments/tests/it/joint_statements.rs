//! A statement tells of a joint payment once, by its sum.

use serde_json::json;
use testkit::{Method, eventually};
use uuid::Uuid;

use crate::{
    database::{assert_sound, count},
    fees::{TOTAL, copies, open, states},
    provider::{Mood, query_of},
    statements::{Books, VnpayLine, statement},
    together::{PATH, paid},
};

const SUM: i64 = 2 * TOTAL;
const DAY: &str = "source=VNPAY&from=2026-07-21&until=2026-07-21";

/// Two orders that are being paid together: their paths, and our name for the payment.
async fn begun(books: &Books) -> ([String; 2], String) {
    let fees = [copies(books.an.party()), copies(books.an.party())];
    for fee in &fees {
        open(&books.installation, &books.an, fee).await;
    }
    let orders = fees.map(|fee| fee.order_id);
    let call = books.an.call("payments", Method::POST, PATH).key(&Uuid::new_v4().to_string());
    let begun = call.json(&json!({"orders": orders, "provider": "VNPAY"})).send().await.expect(201);
    (orders.map(|id| format!("/api/v1/payment-orders/{id}")), query_of(begun.text("/pay_url"))["vnp_TxnRef"].clone())
}

fn line(reference: &str, amount: i64) -> VnpayLine {
    VnpayLine { reference: reference.to_owned(), number: "14226112".into(), amount, at: "20260721101712", status: "00" }
}

#[tokio::test]
async fn a_line_over_the_sum_agrees_and_nothing_is_missing() {
    let books = Books::open(Mood::Status("01")).await;
    let (_, reference) = begun(&books).await;
    let word = paid(&reference, SUM).with("vnp_TransactionNo", "14226112");
    assert_eq!(word.send(&books.installation).await, "00");
    books.compared(DAY, &statement(&[line(&reference, SUM)])).await;
    assert_eq!(books.differences("").await, Vec::<serde_json::Value>::new());
    assert_sound(&books.installation).await;
}

#[tokio::test]
async fn what_is_missing_there_or_over_another_sum_is_one_difference() {
    for (amount, class) in [(None, "MISSING_THERE"), (Some(TOTAL), "AMOUNT")] {
        let books = Books::open(Mood::Status("01")).await;
        let (_, reference) = begun(&books).await;
        let word = paid(&reference, SUM).with("vnp_TransactionNo", "14226112");
        assert_eq!(word.send(&books.installation).await, "00");
        let lines: Vec<_> = amount.map(|amount| line(&reference, amount)).into_iter().collect();
        books.compared(DAY, &statement(&lines)).await;
        let found = books.differences("").await;
        assert_eq!((found.len(), &found[0]["class"]), (1, &json!(class)), "{found:?}");
        assert_eq!(found[0]["here"]["amount"]["amount"], SUM, "{class}");
        assert_sound(&books.installation).await;
    }
}

#[tokio::test]
async fn the_sum_a_second_time_is_explained_and_booked_for_no_order() {
    let books = Books::open(Mood::Status("01")).await;
    let (_, reference) = begun(&books).await;
    let word = paid(&reference, SUM).with("vnp_TransactionNo", "14226112");
    assert_eq!(word.send(&books.installation).await, "00");
    let twice = VnpayLine { number: "99000001".into(), ..line(&reference, SUM) };
    books.compared(DAY, &statement(&[line(&reference, SUM), twice])).await;
    let found = books.differences("").await;
    assert_eq!((&found[0]["class"], &found[0]["bookable"]), (&json!("TWICE"), &json!(false)), "{found:?}");
    assert_sound(&books.installation).await;
}

#[tokio::test]
async fn money_that_the_statement_tells_first_is_asked_about_and_pays_every_order() {
    let books = Books::open(Mood::Of("00", SUM)).await;
    let (orders, reference) = begun(&books).await;
    books.compared(DAY, &statement(&[line(&reference, SUM)])).await;
    for order in &orders {
        eventually(|| async { (states(&books.an, order).await.0 == "PAID").then_some(()) }).await;
    }
    eventually(|| async {
        (count(&books.installation, "differences where state = 'HEALED'").await == 1).then_some(())
    })
    .await;
    assert_sound(&books.installation).await;
}

#[tokio::test]
async fn what_the_provider_does_not_confirm_is_booked_by_two_officials_for_every_order() {
    let books = Books::open(Mood::Of("02", SUM)).await;
    let (orders, reference) = begun(&books).await;
    books.compared(DAY, &statement(&[line(&reference, SUM)])).await;
    eventually(|| async { (books.differences("&state=OPEN").await.len() == 1).then_some(()) }).await;
    let found = books.differences("").await;
    assert_eq!(found[0]["bookable"], json!(true), "{found:?}");
    let path = format!("/api/v1/differences/{}", found[0]["id"].as_str().unwrap());
    let close = json!({"resolution": "BOOKED", "reason": "VNPAY xác nhận bằng công văn.", "proof": "Công văn 12"});
    books.post(&books.accountant, &format!("{path}/closing"), &close).await.expect(200);
    books.post(&books.approver, &format!("{path}/approval"), &json!({})).await.expect(200);
    for order in &orders {
        assert_eq!(states(&books.an, order).await, ("PAID".to_owned(), vec!["SETTLED".to_owned()]));
    }
    assert_sound(&books.installation).await;
}
