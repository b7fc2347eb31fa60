//! The SMS aggregator, behaving well and not.

use reqwest::{Method, Response};
use serde_json::{Value, json};

use crate::support::{Fixture, is_silent};

fn message(request_id: &str) -> Value {
    json!({
        "ApiKey": "DEMOSMSAPIKEY", "SecretKey": "DEMOSMSSECRETKEY", "Phone": "0901234567", "SmsType": 2,
        "Content": "Ho so H44.100-260721-0001 da duoc tiep nhan", "Brandname": "MOTCUA", "RequestId": request_id,
    })
}

async fn send(fixture: &Fixture, body: &Value) -> Response {
    fixture.send(Method::POST, "/MainService.svc/json/SendMultipleMessage_V4_post_json/", body).await
}

async fn result(fixture: &Fixture, body: &Value) -> String {
    let answer = send(fixture, body).await;
    assert_eq!(answer.status(), 200, "HTTP says 200 whatever happens");
    let answer: Value = answer.json().await.unwrap();
    answer["CodeResult"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_message_is_taken_and_found_by_its_phone() {
    let fixture = Fixture::new().await;
    let answer: Value = send(&fixture, &message("r1")).await.json().await.unwrap();
    assert_eq!(answer["CodeResult"], "100");
    let items = fixture.items("/sms?phone=0901234567").await;
    assert_eq!(items[0]["content"], "Ho so H44.100-260721-0001 da duoc tiep nhan");
    assert_eq!(items[0]["id"].to_string(), answer["SMSID"].as_str().unwrap());
    assert!(fixture.items("/sms?phone=0900000000").await.is_empty());
}

#[tokio::test]
async fn a_repeated_request_is_told_so_and_delivered_once() {
    let fixture = Fixture::new().await;
    assert_eq!(result(&fixture, &message("same")).await, "100");
    assert_eq!(result(&fixture, &message("same")).await, "124");
    let items = fixture.items("/sms").await;
    assert_eq!((items.len(), &items[0]["requests"]), (1, &json!(2)));
}

#[tokio::test]
async fn a_request_without_an_id_is_delivered_each_time() {
    let fixture = Fixture::new().await;
    assert_eq!(result(&fixture, &message("")).await, "100");
    assert_eq!(result(&fixture, &message("")).await, "100");
    assert_eq!(fixture.items("/sms").await.len(), 2);
}

#[tokio::test]
async fn a_faulty_request_is_refused_with_its_code() {
    let fixture = Fixture::new().await;
    for (field, value, code) in [
        ("SecretKey", "wrong", "101"),
        ("ApiKey", "", "101"),
        ("Brandname", "", "104"),
        ("SmsType", "", "300"),
        ("Phone", "09x", "99"),
        ("Content", "", "99"),
    ] {
        let mut body = message("r");
        body[field] = value.into();
        assert_eq!(result(&fixture, &body).await, code, "{field}");
    }
    assert_eq!(result(&fixture, &json!([])).await, "99");
    assert!(fixture.items("/sms").await.is_empty());
}

#[tokio::test]
async fn a_rehearsal_is_answered_and_not_delivered() {
    let fixture = Fixture::new().await;
    let mut body = message("r");
    body["Sandbox"] = 1.into();
    assert_eq!(result(&fixture, &body).await, "100");
    assert!(fixture.items("/sms").await.is_empty());
}

#[tokio::test]
async fn told_to_refuse_it_takes_nothing() {
    let fixture = Fixture::new().await;
    fixture.behave(json!({ "sms": { "code_result": "103" } })).await;
    assert_eq!(result(&fixture, &message("r")).await, "103");
    fixture.behave(json!({ "sms": { "http_status": 503 } })).await;
    assert_eq!(send(&fixture, &message("r")).await.status(), 503);
    assert!(fixture.items("/sms").await.is_empty());
}

#[tokio::test]
async fn told_to_be_silent_it_takes_the_message_all_the_same() {
    let fixture = Fixture::new().await;
    fixture.behave(json!({ "sms": { "silent": true } })).await;
    assert!(is_silent(send(&fixture, &message("r"))).await);
    fixture.behave(json!({})).await;
    assert_eq!(result(&fixture, &message("r")).await, "124");
}
