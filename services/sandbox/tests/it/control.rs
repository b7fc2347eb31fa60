//! Steering the sandbox: behaviour, registration, index, forgetting, stopping.

use reqwest::Method;
use sandbox::Config;
use serde_json::json;

use crate::support::{
    Fixture,
    smtp::{mail, post},
};

#[tokio::test]
async fn everybody_behaves_well_until_told_otherwise_and_again_after_an_empty_wish() {
    let fixture = Fixture::new().await;
    let well = fixture.json("/behaviour").await;
    assert_eq!(well["vnpay"]["ipn_copies"], 1);
    fixture.behave(json!({ "sms": { "delay_ms": 5 } })).await;
    assert_eq!(fixture.json("/behaviour").await["sms"]["delay_ms"], 5);
    fixture.behave(json!({})).await;
    assert_eq!(fixture.json("/behaviour").await, well);
}

#[tokio::test]
async fn a_behaviour_that_does_not_exist_is_refused_and_changes_nothing() {
    let fixture = Fixture::new().await;
    for wish in [
        json!({ "fax": {} }),
        json!({ "mail": { "ipn_drop": true } }),
        json!({ "mail": { "reply_to_rcpt": 250 } }),
        json!({ "sms": { "http_status": 42 } }),
        json!({ "vnpay": { "ipn_copies": 0 } }),
        json!({ "vnpay": { "query_answer": "rude" } }),
    ] {
        let answer = fixture.send(Method::PUT, "/behaviour", &wish).await;
        assert_eq!(answer.status(), 400, "{wish}");
    }
    assert_eq!(fixture.json("/behaviour").await["mail"]["reply_to_rcpt"], json!(null));
}

#[tokio::test]
async fn only_this_machine_may_be_notified() {
    let fixture = Fixture::new().await;
    let elsewhere = json!({ "ipn_url": "http://example.vn/ipn" });
    let answer = fixture.send(Method::PUT, "/vnpay/merchant", &elsewhere).await;
    assert_eq!(answer.status(), 400);
    assert!(answer.text().await.unwrap().contains("own machine"));
    fixture.register("http://127.0.0.1:9/ipn").await;
    let config = Config { vnpay_ipn_url: Some("http://example.vn/ipn".to_owned()), ..Config::on_free_ports() };
    assert!(sandbox::start(config, runtime::Life::system()).await.is_err());
}

#[tokio::test]
async fn the_index_shows_the_latest_of_everything_and_escapes_it() {
    let fixture = Fixture::new().await;
    post(&fixture, mail("<citizen@example.vn>", "<1@motcua>")).await.unwrap();
    fixture.pay("INDEX1", "pay").await;
    let sms = json!({ "ApiKey": "DEMOSMSAPIKEY", "SecretKey": "DEMOSMSSECRETKEY", "Phone": "0901234567",
        "Content": "<script>", "SmsType": 2, "Brandname": "MOTCUA" });
    fixture.send(Method::POST, "/MainService.svc/json/SendMultipleMessage_V4_post_json/", &sms).await;
    let page = fixture.get("/").await.text().await.unwrap();
    for shown in ["Hồ sơ đã được tiếp nhận", "INDEX1", "&lt;script&gt;", "Everybody behaves well"] {
        assert!(page.contains(shown), "{shown}");
    }
    assert!(!page.contains("<script>"));
}

#[tokio::test]
async fn what_was_taken_can_be_forgotten() {
    let fixture = Fixture::new().await;
    post(&fixture, mail("<citizen@example.vn>", "<1@motcua>")).await.unwrap();
    fixture.pay("FORGET1", "pay").await;
    for path in ["/mails", "/payments", "/sms"] {
        assert_eq!(fixture.send(Method::DELETE, path, &json!({})).await.status(), 204);
        assert!(fixture.items(path).await.is_empty(), "{path}");
    }
}

#[tokio::test]
async fn stopping_ends_every_listener_even_while_a_client_is_kept_waiting() {
    let fixture = Fixture::new().await;
    fixture.behave(json!({ "mail": { "greet_silently": true } })).await;
    let _waiting = tokio::net::TcpStream::connect(fixture.sandbox.smtp).await.unwrap();
    fixture.sandbox.stop.cancel();
    let stopped = tokio::time::timeout(std::time::Duration::from_secs(5), fixture.sandbox.stopped());
    stopped.await.expect("it stops in time");
    assert!(fixture.http.get(fixture.url("/")).send().await.is_err());
    assert!(tokio::net::TcpStream::connect(fixture.sandbox.smtp).await.is_err());
}
