//! VNPAY's `refund`.

use serde_json::{Map, Value, json};

use crate::support::{
    Fixture,
    merchant::{Form, check_answer, sign, wire_time},
};

fn refund<'a>(id: &'a str, order: &'a Form, kind: &'a str, amount: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("vnp_RequestId", id),
        ("vnp_Version", "2.1.0"),
        ("vnp_Command", "refund"),
        ("vnp_TmnCode", "DEMOTMN1"),
        ("vnp_TransactionType", kind),
        ("vnp_TxnRef", &order["vnp_TxnRef"]),
        ("vnp_Amount", amount),
        ("vnp_TransactionNo", "0"),
        ("vnp_TransactionDate", &order["vnp_CreateDate"]),
        ("vnp_CreateBy", "canbo01"),
        ("vnp_CreateDate", "20260722080000"),
        ("vnp_IpAddr", "203.0.113.7"),
        ("vnp_OrderInfo", "Hoan phi"),
    ]
}

async fn ask(fixture: &Fixture, fields: &[(&str, &str)]) -> Map<String, Value> {
    let answer = fixture.transact(fields).await;
    check_answer(&answer, false);
    answer
}

async fn code(fixture: &Fixture, fields: &[(&str, &str)]) -> String {
    ask(fixture, fields).await["vnp_ResponseCode"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_full_refund_is_made_once_and_can_be_asked_about() {
    let fixture = Fixture::new().await;
    let (order, paid) = fixture.pay("REFUND1", "pay").await;
    let answer = ask(&fixture, &refund("RF1", &order, "02", "7500000")).await;
    assert_eq!(answer["vnp_ResponseCode"], "00");
    assert_eq!(answer["vnp_TransactionType"], "02");
    assert_eq!(answer["vnp_TransactionStatus"], "05");
    let number = answer["vnp_TransactionNo"].as_str().unwrap();
    assert_ne!(number, paid["vnp_TransactionNo"]);
    assert_eq!(code(&fixture, &refund("RF2", &order, "02", "7500000")).await, "94");
    assert_eq!(fixture.payment("REFUND1").await["refunds"].as_array().unwrap().len(), 1);

    let now = wire_time(0);
    let line = ["RQ1", "2.1.0", "querydr", "DEMOTMN1", "REFUND1", &order["vnp_CreateDate"], &now, "203.0.113.7", "x"];
    let names = ["RequestId", "Version", "Command", "TmnCode", "TxnRef", "TransactionDate", "CreateDate", "IpAddr"];
    let names = names.iter().chain(&["OrderInfo"]);
    let mut body: Form = names.zip(line).map(|(name, value)| (format!("vnp_{name}"), value.to_owned())).collect();
    body.insert("vnp_TransactionNo".to_owned(), number.to_owned());
    body.insert("vnp_SecureHash".to_owned(), sign(&line.join("|")));
    let told: Value = fixture.transact_raw(&body).await.json().await.unwrap();
    assert_eq!((&told["vnp_TransactionType"], &told["vnp_TransactionStatus"]), (&json!("02"), &json!("06")));
}

#[tokio::test]
async fn parts_are_refunded_until_nothing_is_left() {
    let fixture = Fixture::new().await;
    let (order, _) = fixture.pay("REFUND2", "pay").await;
    assert_eq!(code(&fixture, &refund("RF1", &order, "03", "7000000")).await, "00");
    assert_eq!(code(&fixture, &refund("RF2", &order, "03", "500001")).await, "99");
    assert_eq!(code(&fixture, &refund("RF3", &order, "03", "500000")).await, "00");
    assert_eq!(code(&fixture, &refund("RF4", &order, "03", "1")).await, "94");
}

#[tokio::test]
async fn a_faulty_refund_is_answered_with_its_code_and_gives_nothing_back() {
    let fixture = Fixture::new().await;
    let (order, _) = fixture.pay("REFUND3", "pay").await;
    for (id, field, value, expected) in [
        ("RF1", "vnp_TmnCode", "NOBODY01", "02"),
        ("RF2", "vnp_TransactionType", "01", "03"),
        ("RF3", "vnp_Amount", "-1", "03"),
        ("RF4", "vnp_Amount", "7499900", "03"),
        ("RF5", "vnp_CreateBy", "", "03"),
        ("RF6", "vnp_TxnRef", "NEVERSEEN", "91"),
        ("RF7", "vnp_TransactionNo", "1", "91"),
    ] {
        let mut request = refund(id, &order, "02", "7500000");
        request.iter_mut().filter(|(name, _)| *name == field).for_each(|pair| pair.1 = value);
        assert_eq!(code(&fixture, &request).await, expected, "{field}={value}");
    }
    assert_eq!(fixture.payment("REFUND3").await["refunds"], json!([]));
}

#[tokio::test]
async fn an_altered_amount_is_answered_97() {
    let fixture = Fixture::new().await;
    let (order, _) = fixture.pay("REFUND4", "pay").await;
    let request = refund("RF1", &order, "03", "100");
    let line: Vec<&str> = request.iter().map(|(_, value)| *value).collect();
    let mut body: Form = request.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
    body.insert("vnp_SecureHash".to_owned(), sign(&line.join("|")));
    body.insert("vnp_Amount".to_owned(), "7500000".to_owned());
    let answer: Value = fixture.transact_raw(&body).await.json().await.unwrap();
    assert_eq!(answer["vnp_ResponseCode"], "97");
}

#[tokio::test]
async fn what_was_not_paid_is_not_refunded() {
    let fixture = Fixture::new().await;
    let (order, _) = fixture.pay("REFUND5", "cancel").await;
    assert_eq!(code(&fixture, &refund("RF1", &order, "02", "7500000")).await, "95");
}

#[tokio::test]
async fn a_refund_whose_answer_is_lost_is_made_all_the_same() {
    let fixture = Fixture::new().await;
    let (order, _) = fixture.pay("REFUND6", "pay").await;
    fixture.behave(json!({ "vnpay": { "refund_answer": "http500" } })).await;
    let request = refund("RF1", &order, "02", "7500000");
    let line: Vec<&str> = request.iter().map(|(_, value)| *value).collect();
    let mut body: Form = request.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
    body.insert("vnp_SecureHash".to_owned(), sign(&line.join("|")));
    assert_eq!(fixture.transact_raw(&body).await.status(), 500);
    assert_eq!(fixture.payment("REFUND6").await["refunds"][0]["amount"], 7_500_000);
}
