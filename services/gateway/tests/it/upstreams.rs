//! Services that are down, slow or hang up.

use std::time::{Duration, Instant};

use reqwest::Method;

use crate::{
    gate::{DOSSIER, Gate, sent},
    upstream::{self, Raw},
};

#[tokio::test]
async fn a_service_that_is_down_is_answered_for_at_once_and_the_others_serve() {
    let gate = Gate::before(&[("--submissions-url", &upstream::echo())]).await;
    let started = Instant::now();
    let answer = gate.get("/api/v1/payment-orders").await;
    assert_eq!((answer.status, &*answer.code()), (503, "unavailable"));
    assert_eq!(answer.headers("retry-after"), ["2"]);
    assert!(started.elapsed() < Duration::from_secs(2));
    assert_eq!(gate.post("/api/v1/sessions", "{}").await.status, 503);
    assert_eq!(gate.get(DOSSIER).await.status, 200);
}

#[tokio::test]
async fn a_kept_connection_that_the_service_closed_costs_a_reader_nothing() {
    let service = Raw::listen().await;
    let gate = Gate::before(&[("--submissions-url", &service.url())]).await;
    let asked = tokio::spawn(sent(gate.call(Method::GET, DOSSIER)));
    let mut first = service.accept().await;
    first.until("\r\n\r\n").await;
    first.say("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}").await;
    assert_eq!(asked.await.expect("an answer").status, 200);
    // The next request is read from the kept connection, which then closes without an answer.
    let asked = tokio::spawn(sent(gate.call(Method::GET, DOSSIER)));
    first.until("\r\n\r\n").await;
    drop(first);
    let mut second = service.accept().await;
    second.until("\r\n\r\n").await;
    second.say("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}").await;
    assert_eq!(asked.await.expect("an answer").status, 200);
}

#[tokio::test]
async fn a_change_is_not_sent_twice() {
    let service = Raw::listen().await;
    let gate = Gate::before(&[("--accounts-url", &service.url())]).await;
    let call = gate.call(Method::POST, "/api/v1/sessions").header("content-type", "application/json");
    // Signing in takes no key: what a client says of its own accord promises nothing.
    let asked = tokio::spawn(sent(call.header("idempotency-key", "one").body("{}")));
    let mut connection = service.accept().await;
    connection.until("{}").await;
    drop(connection);
    let answer = asked.await.expect("an answer");
    assert_eq!((answer.status, answer.headers("retry-after")), (503, vec!["2"]));
}

#[tokio::test]
async fn a_change_under_a_key_is_sent_again_when_its_connection_closes_without_an_answer() {
    let service = Raw::listen().await;
    let gate = Gate::before(&[("--submissions-url", &service.url())]).await;
    let path = format!("{DOSSIER}/withdrawal");
    let call = gate.call(Method::POST, &path).header("content-type", "application/json");
    let call = call.header("idempotency-key", "one").body("{}");
    let asked = tokio::spawn(sent(call));
    let mut first = service.accept().await;
    first.until("}").await;
    drop(first);
    let mut second = service.accept().await;
    second.until("}").await;
    second.say("HTTP/1.1 201 Created\r\ncontent-length: 2\r\n\r\n{}").await;
    assert_eq!(asked.await.expect("an answer").status, 201);
}

#[tokio::test]
async fn an_answer_that_breaks_off_is_a_problem_while_it_is_small() {
    let service = Raw::listen().await;
    let gate = Gate::before(&[("--submissions-url", &service.url())]).await;
    let asked = tokio::spawn(sent(gate.call(Method::GET, DOSSIER)));
    let mut connection = service.accept().await;
    connection.until("\r\n\r\n").await;
    connection.say("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{").await;
    drop(connection);
    let answer = asked.await.expect("an answer");
    assert_eq!((answer.status, &*answer.code()), (503, "unavailable"));
}

#[tokio::test]
async fn what_a_service_says_that_is_not_http_is_a_problem() {
    let service = Raw::listen().await;
    let gate = Gate::before(&[("--accounts-url", &service.url())]).await;
    let call = gate.call(Method::POST, "/api/v1/sessions").header("content-type", "application/json").body("{}");
    let asked = tokio::spawn(sent(call));
    let mut connection = service.accept().await;
    connection.until("{}").await;
    connection.say("220 smtp ready\r\n\r\n").await;
    assert_eq!(asked.await.expect("an answer").status, 503);
}

/// The address of whoever answered.
fn who(answer: &crate::gate::TestResponse) -> String {
    answer.json()["headers"]["host"][0].as_str().expect("a host").to_owned()
}

#[tokio::test]
async fn with_several_replicas_an_id_is_always_asked_of_the_same_one_and_other_paths_take_turns() {
    let replicas = [upstream::echo(), upstream::echo(), upstream::echo()];
    let gate = Gate::before(&[("--submissions-url", &replicas.join(","))]).await;
    let dossier = |tail: u16| format!("/api/v1/dossiers/0198f2a0-0000-7000-8000-00000000{tail:04x}");
    let mut places = Vec::new();
    for tail in 0..3 {
        let first = who(&gate.get(&dossier(tail)).await);
        assert_eq!(who(&gate.get(&dossier(tail + 3)).await), first, "the same remainder, the same replica");
        places.push(first);
    }
    places.sort();
    places.dedup();
    assert_eq!(places.len(), 3);
}

#[tokio::test]
async fn a_replica_that_cannot_be_reached_is_passed_over() {
    let replicas = format!("http://127.0.0.1:1,{}", upstream::echo());
    let gate = Gate::before(&[("--submissions-url", &replicas)]).await;
    for tail in 0..4 {
        let path = format!("/api/v1/dossiers/0198f2a0-0000-7000-8000-00000000{tail:04x}");
        assert_eq!(gate.get(&path).await.status, 200);
    }
}

#[tokio::test]
async fn an_upload_passes_over_a_replica_that_cannot_be_reached() {
    let replicas = format!("http://127.0.0.1:1,{}", upstream::echo());
    let gate = Gate::before(&[("--submissions-url", &replicas)]).await;
    for tail in 0..4 {
        let path = format!("/api/v1/dossiers/0198f2a0-0000-7000-8000-00000000{tail:04x}/documents");
        let call = gate.call(Method::POST, &path).header("content-type", "application/pdf").body("x".repeat(300_000));
        assert_eq!(sent(call).await.status, 200);
    }
}
