//! VNPAY's `querydr`.

use serde_json::{Map, Value, json};

use crate::support::{
    Fixture, is_silent,
    merchant::{Form, check_answer, sign, wire_time},
};

fn query<'a>(id: &'a str, order: &'a Form, now: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("vnp_RequestId", id),
        ("vnp_Version", "2.1.0"),
        ("vnp_Command", "querydr"),
        ("vnp_TmnCode", "DEMOTMN1"),
        ("vnp_TxnRef", &order["vnp_TxnRef"]),
        ("vnp_TransactionDate", &order["vnp_CreateDate"]),
        ("vnp_CreateDate", now),
        ("vnp_IpAddr", "203.0.113.7"),
        ("vnp_OrderInfo", "Truy van"),
    ]
}

async fn ask(fixture: &Fixture, fields: &[(&str, &str)]) -> Map<String, Value> {
    let answer = fixture.transact(fields).await;
    check_answer(&answer, true);
    answer
}

#[tokio::test]
async fn a_payment_is_told_as_it_was_recorded_and_signed() {
    let fixture = Fixture::new().await;
    let (order, result) = fixture.pay("QUERY1", "pay").await;
    let answer = ask(&fixture, &query("RQ1", &order, &wire_time(0))).await;
    assert_eq!(answer["vnp_ResponseCode"], "00");
    assert_eq!(answer["vnp_TransactionType"], "01");
    assert_eq!(answer["vnp_TransactionStatus"], "00");
    for name in ["vnp_TxnRef", "vnp_Amount", "vnp_TransactionNo", "vnp_PayDate", "vnp_OrderInfo"] {
        assert_eq!(answer[name], result[name], "{name}");
    }
}

#[tokio::test]
async fn a_payment_given_up_is_told_as_failed() {
    let fixture = Fixture::new().await;
    let (order, _) = fixture.pay("QUERY2", "cancel").await;
    let answer = ask(&fixture, &query("RQ1", &order, &wire_time(0))).await;
    assert_eq!((&answer["vnp_ResponseCode"], &answer["vnp_TransactionStatus"]), (&json!("00"), &json!("02")));
}

#[tokio::test]
async fn a_request_id_serves_once() {
    let fixture = Fixture::new().await;
    let (order, _) = fixture.pay("QUERY3", "pay").await;
    let now = wire_time(0);
    let request = query("RQ1", &order, &now);
    assert_eq!(ask(&fixture, &request).await["vnp_ResponseCode"], "00");
    assert_eq!(ask(&fixture, &request).await["vnp_ResponseCode"], "94");
}

#[tokio::test]
async fn a_faulty_query_is_answered_with_its_code() {
    let fixture = Fixture::new().await;
    let (order, _) = fixture.pay("QUERY4", "pay").await;
    let now = wire_time(0);
    for (id, field, value, code) in [
        ("RQ1", "vnp_TmnCode", "NOBODY01", "02"),
        ("RQ2", "vnp_Command", "pay", "03"),
        ("RQ3", "vnp_Version", "2.0.0", "03"),
        ("RQ4", "vnp_CreateDate", "today", "03"),
        ("RQ5", "vnp_TxnRef", "NEVERSEEN", "91"),
        ("RQ6", "vnp_TransactionDate", "20200101000000", "91"),
        ("R-7", "vnp_Version", "2.1.0", "03"),
    ] {
        let mut request = query(id, &order, &now);
        request.iter_mut().filter(|(name, _)| *name == field).for_each(|pair| pair.1 = value);
        assert_eq!(ask(&fixture, &request).await["vnp_ResponseCode"], code, "{field}={value}");
    }
}

#[tokio::test]
async fn a_wrong_signature_is_answered_97_and_uses_up_no_request_id() {
    let fixture = Fixture::new().await;
    let (order, _) = fixture.pay("QUERY5", "pay").await;
    let now = wire_time(0);
    let request = query("RQ1", &order, &now);
    let mut body: Form = request.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
    body.insert("vnp_SecureHash".to_owned(), sign("something else"));
    let answer: Value = fixture.transact_raw(&body).await.json().await.unwrap();
    assert_eq!(answer["vnp_ResponseCode"], "97");
    assert_eq!(ask(&fixture, &request).await["vnp_ResponseCode"], "00");
}

#[tokio::test]
async fn what_is_not_a_json_object_is_answered_03() {
    let fixture = Fixture::new().await;
    let request = fixture.http.post(fixture.url("/merchant_webapi/api/transaction")).body("hello");
    let answer: Map<String, Value> = request.send().await.unwrap().json().await.unwrap();
    check_answer(&answer, true);
    assert_eq!(answer["vnp_ResponseCode"], "03");
}

#[tokio::test]
async fn told_to_lie_it_tells_another_status() {
    let fixture = Fixture::new().await;
    let (order, _) = fixture.pay("QUERY6", "pay").await;
    fixture.behave(json!({ "vnpay": { "query_status": "01" } })).await;
    let answer = ask(&fixture, &query("RQ1", &order, &wire_time(0))).await;
    assert_eq!(answer["vnp_TransactionStatus"], "01");
}

#[tokio::test]
async fn told_to_answer_badly_it_sends_no_usable_json_or_nothing() {
    let fixture = Fixture::new().await;
    let body = Form::new();
    fixture.behave(json!({ "vnpay": { "query_answer": "http500" } })).await;
    assert_eq!(fixture.transact_raw(&body).await.status(), 500);
    fixture.behave(json!({ "vnpay": { "query_answer": "html" } })).await;
    assert!(fixture.transact_raw(&body).await.text().await.unwrap().starts_with("<html>"));
    fixture.behave(json!({ "vnpay": { "query_answer": "huge" } })).await;
    assert!(fixture.transact_raw(&body).await.bytes().await.unwrap().len() > 16 * 1024 * 1024);
    fixture.behave(json!({ "vnpay": { "query_answer": "timeout" } })).await;
    assert!(is_silent(fixture.transact_raw(&body)).await);
}
