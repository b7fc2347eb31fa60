//! Answers that are the same for everybody are asked of a service once in a while.

use reqwest::Method;

use crate::{
    gate::{Gate, TestResponse, sent},
    upstream::{Connection, Raw},
};

const PATH: &str = "/api/v1/messages";

async fn ask(gate: &Gate, path: &str, headers: &[(&str, &str)]) -> TestResponse {
    sent(headers.iter().fold(gate.call(Method::GET, path), |call, (name, value)| call.header(*name, *value))).await
}

/// Asks for `path`, and the service answers with `headers`; gives both sides.
async fn answered(gate: &Gate, service: &Raw, path: &str, headers: &str) -> (TestResponse, Connection) {
    let call = sent(gate.call(Method::GET, path));
    let asked = tokio::spawn(call);
    let mut connection = service.accept().await;
    connection.until("\r\n\r\n").await;
    connection.say(&format!("HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 2\r\n{headers}\r\n{{}}")).await;
    (asked.await.expect("an answer"), connection)
}

async fn before() -> (Gate, Raw) {
    let service = Raw::listen().await;
    let gate = Gate::before(&[("--notifications-url", &service.url())]).await;
    (gate, service)
}

#[tokio::test]
async fn a_public_answer_is_given_again_without_asking_the_service_and_says_its_age() {
    let (gate, service) = before().await;
    let headers = "cache-control: public, max-age=60\r\netag: \"1\"\r\ncontent-type: application/json\r\n";
    answered(&gate, &service, PATH, headers).await;
    drop(service);
    let again = ask(&gate, PATH, &[]).await;
    assert_eq!((again.status, &*again.text, again.headers("etag")), (200, "{}", vec!["\"1\""]));
    assert_eq!((again.headers("age"), again.headers("content-type")), (vec!["0"], vec!["application/json"]));
    let known = ask(&gate, PATH, &[("if-none-match", "\"0\", W/\"1\"")]).await;
    assert_eq!((known.status, &*known.text, known.headers("etag")), (304, "", vec!["\"1\""]));
}

#[tokio::test]
async fn another_query_or_language_is_another_answer() {
    let (gate, service) = before().await;
    answered(&gate, &service, PATH, "cache-control: public, max-age=60\r\n").await;
    drop(service);
    assert_eq!(ask(&gate, PATH, &[("accept-language", "en")]).await.status, 503);
    assert_eq!(ask(&gate, PATH, &[]).await.status, 200);
}

#[tokio::test]
async fn what_is_not_for_everybody_is_asked_for_every_time() {
    for headers in [
        "",
        "cache-control: private, max-age=60\r\n",
        "cache-control: public\r\n",
        "cache-control: public, max-age=0\r\n",
        "cache-control: public, max-age=60\r\nset-cookie: a=1\r\n",
        "cache-control: public, max-age=60\r\nvary: cookie\r\n",
    ] {
        let (gate, service) = before().await;
        answered(&gate, &service, PATH, headers).await;
        drop(service);
        assert_eq!(ask(&gate, PATH, &[]).await.status, 503, "{headers}");
    }
}
