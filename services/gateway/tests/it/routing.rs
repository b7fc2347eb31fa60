//! Paths and methods.

use reqwest::Method;

use crate::gate::{DOSSIER, Gate, sent};

#[tokio::test]
async fn an_operation_is_answered_by_its_service_under_the_same_path_and_query() {
    let gate = Gate::start().await;
    let answer = gate.get("/api/v1/dossiers?page_size=5&status=DRAFT&tag=a%2Fb&tag=%C4%91%C6%B0%E1%BB%9Dng").await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert_eq!(answer.json()["uri"], "/api/v1/dossiers?page_size=5&status=DRAFT&tag=a%2Fb&tag=%C4%91%C6%B0%E1%BB%9Dng");
}

#[tokio::test]
async fn a_path_that_the_document_does_not_know_is_not_found() {
    let gate = Gate::start().await;
    for path in [
        "/api/v1/nothing",
        "/api/v1/dossiers/",
        "/api/v1//dossiers",
        "/api",
        "/api/",
        "/api/v2/dossiers",
        "/api/v1/dossiers/a/b",
        "/docs/x.html",
    ] {
        let answer = gate.get(path).await;
        assert_eq!((answer.status, &*answer.code()), (404, "not-found"), "{path}");
        assert_eq!(answer.json()["instance"], path);
    }
}

#[tokio::test]
async fn a_path_cannot_climb_out_of_its_template() {
    let gate = Gate::start().await;
    for path in [
        "/api/v1/dossiers/..",
        "/api/v1/dossiers/%2e%2e",
        "/api/v1/dossiers/.%2E/documents",
        "/api/v1/x/../dossiers",
        "/docs/..",
    ] {
        let mut client = gate.raw().await;
        client.say(format!("GET {path} HTTP/1.1\r\nhost: x\r\n\r\n")).await;
        assert_eq!(client.answer().await.status, 404, "{path}");
    }
    for path in ["/api/v1/dossiers\\a", "/api/v1/dossiers/{id}", "/api/v1/dossiers/a|b"] {
        let mut client = gate.raw().await;
        client.say(format!("GET {path} HTTP/1.1\r\nhost: x\r\n\r\n")).await;
        assert_eq!(client.answer().await.status, 400, "{path}");
    }
}

#[tokio::test]
async fn a_method_that_the_path_lacks_is_refused_and_allow_names_those_it_has() {
    let gate = Gate::start().await;
    let methods = ["PATCH", "POST", "TRACE", "CONNECT", "PROPFIND", "QUERY"];
    for method in methods {
        let mut client = gate.raw().await;
        client.say(format!("{method} {DOSSIER} HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\n\r\n")).await;
        let answer = client.answer().await;
        assert_eq!(
            (answer.status, &answer.json()["code"]),
            (405, &"method-not-allowed".into()),
            "{method} {}",
            answer.head
        );
        assert!(answer.head.contains("allow: GET, PUT, DELETE, HEAD, OPTIONS"), "{}", answer.head);
    }
    let answer = sent(gate.call(Method::POST, "/openapi.json")).await;
    assert_eq!((answer.status, answer.headers("allow")), (405, vec!["GET, HEAD, OPTIONS"]));
}

#[tokio::test]
async fn a_method_cannot_be_overridden() {
    let gate = Gate::start().await;
    let answer = sent(gate.call(Method::GET, DOSSIER).header("x-http-method-override", "DELETE")).await;
    assert_eq!(answer.json()["method"], "GET");
}

#[tokio::test]
async fn options_says_which_methods_there_are() {
    let gate = Gate::start().await;
    let answer = sent(gate.call(Method::OPTIONS, "/api/v1/dossiers")).await;
    assert_eq!((answer.status, answer.headers("allow")), (204, vec!["GET, POST, HEAD, OPTIONS"]));
    assert_eq!(sent(gate.call(Method::OPTIONS, "/api/v1/nothing")).await.status, 404);
}

#[tokio::test]
async fn head_is_get_without_the_body() {
    let gate = Gate::start().await;
    for path in [DOSSIER, "/openapi.json", "/api/v1/nothing"] {
        let expected = gate.get(path).await;
        let answer = sent(gate.call(Method::HEAD, path)).await;
        assert_eq!((answer.status, &*answer.text), (expected.status, ""), "{path}");
        assert_eq!(answer.headers("content-type"), expected.headers("content-type"), "{path}");
        assert_eq!(answer.headers("etag"), expected.headers("etag"), "{path}");
        assert_ne!(answer.headers("content-length"), ["0"], "{path}");
    }
}

#[tokio::test]
async fn head_stays_without_a_body_when_another_request_follows_in_the_same_packet() {
    let gate = Gate::start().await;
    for path in [DOSSIER, "/openapi.json"] {
        let mut client = gate.raw().await;
        client.say(format!("HEAD {path} HTTP/1.1\r\nhost: x\r\n\r\nOPTIONS {path} HTTP/1.1\r\nhost: x\r\n\r\n")).await;
        let answers = client.until("allow: ").await;
        let (_, rest) = answers.split_once("\r\n\r\n").expect("a head");
        assert!(rest.starts_with("HTTP/1.1 204"), "{answers}");
    }
}
