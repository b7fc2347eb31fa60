//! What a client may not say to a service, and what every answer carries.

use reqwest::Method;

use crate::{
    gate::{DOSSIER, Gate, sent},
    upstream::{self, Raw},
};

#[tokio::test]
async fn forged_headers_do_not_reach_a_service() {
    let gate = Gate::start().await;
    let forged = [
        ("x-forwarded-for", "10.0.0.1"),
        ("x-forwarded-proto", "https"),
        ("x-forwarded-host", "evil.example"),
        ("x-forwarded-port", "1"),
        ("forwarded", "for=10.0.0.1"),
        ("x-real-ip", "10.0.0.1"),
        ("x-user-id", "1"),
        ("x-user-roles", "ADMIN"),
        ("x-internal-token", "t"),
        ("te", "trailers"),
        ("keep-alive", "timeout=9"),
        ("proxy-authorization", "Basic eA=="),
        ("x-secret-hop", "1"),
        ("connection", "keep-alive, X-Secret-Hop"),
    ];
    let call = forged.iter().fold(gate.call(Method::GET, DOSSIER), |call, (name, value)| call.header(*name, *value));
    let answer = sent(call.header("x-kept", "1").header("accept-language", "vi")).await;
    let seen = &answer.json()["headers"];
    for gone in [
        "x-forwarded-port",
        "forwarded",
        "x-real-ip",
        "x-user-id",
        "x-user-roles",
        "x-internal-token",
        "te",
        "keep-alive",
        "proxy-authorization",
        "x-secret-hop",
    ] {
        assert!(seen.get(gone).is_none(), "{gone}: {seen}");
    }
    assert_eq!(seen["x-forwarded-for"], serde_json::json!(["127.0.0.1"]));
    assert_eq!(seen["x-forwarded-proto"], serde_json::json!(["http"]));
    assert_eq!(seen["x-forwarded-host"], serde_json::json!(["127.0.0.1:8080"]));
    assert_eq!(seen["x-kept"], serde_json::json!(["1"]));
    assert_eq!(seen["accept-language"], serde_json::json!(["vi"]));
}

#[tokio::test]
async fn a_stranger_begins_a_new_trace_and_the_request_id_goes_on_and_comes_back_once() {
    let gate = Gate::start().await;
    let parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    let answer =
        sent(gate.call(Method::GET, DOSSIER).header("traceparent", parent).header("x-request-id", "r-1")).await;
    let seen = &answer.json()["headers"];
    let traceparent = seen["traceparent"][0].as_str().expect("a trace");
    assert!(
        traceparent.starts_with("00-") && !traceparent.contains("4bf92f3577b34da6a3ce929d0e0e4736"),
        "{traceparent}"
    );
    assert_eq!(seen["traceparent"].as_array().map(Vec::len), Some(1));
    assert_eq!(seen["x-request-id"], serde_json::json!(["r-1"]));
    assert_eq!(answer.headers("x-request-id"), ["r-1"]);
    let fresh = gate.get(DOSSIER).await;
    assert_eq!(fresh.json()["headers"]["x-request-id"][0], fresh.headers("x-request-id")[0]);
}

#[tokio::test]
async fn a_services_answer_keeps_its_headers_and_loses_those_of_its_connection() {
    let gate = Gate::start().await;
    let answer = gate.get(DOSSIER).await;
    assert_eq!(answer.headers("set-cookie"), ["a=1", "b=2"]);
    assert_eq!(answer.headers("etag"), ["\"1\""]);
    assert_eq!(answer.headers("content-type"), ["application/json"]);
    for once in ["date", "content-length", "x-content-type-options", "cache-control", "content-security-policy"] {
        assert_eq!(answer.headers(once).len(), 1, "{once}: {:?}", answer.response);
    }
    assert!(answer.headers("keep-alive").is_empty() && answer.headers("proxy-authenticate").is_empty());
}

#[tokio::test]
async fn a_services_own_problem_passes_untouched() {
    let service = Raw::listen().await;
    let gate = Gate::before(&[("--submissions-url", &service.url())]).await;
    let asked = tokio::spawn(sent(gate.call(Method::GET, DOSSIER)));
    let mut connection = service.accept().await;
    connection.until("\r\n\r\n").await;
    let body = r#"{"code":"dossier-not-found"}"#;
    let head = format!(
        "HTTP/1.1 404 Not Found\r\ncontent-type: application/problem+json\r\ncontent-security-policy: sandbox\r\n\
        cache-control: max-age=5\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    connection.say(&format!("{head}{body}")).await;
    let answer = asked.await.expect("an answer");
    assert_eq!((answer.status, &*answer.text), (404, body));
    assert_eq!(answer.headers("content-security-policy"), ["sandbox"]);
    assert_eq!(answer.headers("cache-control"), ["max-age=5"]);
}

#[tokio::test]
async fn every_answer_is_closed_to_browsers_and_https_is_asked_for_only_where_it_is_spoken() {
    let echo = upstream::echo();
    let plain = Gate::before(&[("--submissions-url", &echo)]).await;
    let secure = Gate::before(&[("--submissions-url", &echo), ("--public-url", "https://motcua.localhost/")]).await;
    for path in [DOSSIER, "/api/v1/nothing", "/openapi.json", "/api/v1/payment-orders"] {
        let (plain, secure) = (plain.get(path).await, secure.get(path).await);
        assert_eq!(plain.headers("content-security-policy"), ["default-src 'none'; frame-ancestors 'none'"], "{path}");
        assert_eq!(plain.headers("x-content-type-options"), ["nosniff"], "{path}");
        assert!(plain.headers("strict-transport-security").is_empty(), "{path}");
        assert_eq!(secure.headers("strict-transport-security").len(), 1, "{path}");
    }
    let seen = secure.get(DOSSIER).await.json();
    assert_eq!(seen["headers"]["x-forwarded-proto"][0], "https");
    assert_eq!(seen["headers"]["x-forwarded-host"][0], "motcua.localhost");
}

#[tokio::test]
async fn a_request_with_two_lengths_is_refused() {
    let gate = Gate::start().await;
    for lengths in [
        "content-length: 2\r\ntransfer-encoding: chunked",
        "content-length: 2\r\ncontent-length: 3",
        "transfer-encoding: chunked\r\ntransfer-encoding: identity",
        "transfer-encoding: gzip, chunked\r\ncontent-length: 2",
        "content-length: +2",
        "content-length: 2, 2",
    ] {
        let mut client = gate.raw().await;
        let head =
            format!("POST /api/v1/sessions HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n{lengths}\r\n\r\n");
        client.say(format!("{head}{{}}\r\n\r\n")).await;
        let seen = client.closed().await;
        assert!(seen.starts_with("HTTP/1.1 400"), "{lengths}: {seen}");
    }
}
