//! How much one caller may ask, and who counts as one caller.

use crate::{
    document::document,
    gate::{Gate, TestResponse, sent},
    issuer, upstream,
};
use edge::GuessesSpent;
use reqwest::Method;
use std::sync::atomic::Ordering;

async fn gate(flags: &[(&str, &str)]) -> Gate {
    let echo = upstream::echo();
    Gate::before(&[&[("--submissions-url", &*echo), ("--accounts-url", &echo)], flags].concat()).await
}

async fn ask(gate: &Gate, path: &str, headers: &[(&str, &str)]) -> TestResponse {
    sent(headers.iter().fold(gate.call(Method::GET, path), |call, (name, value)| call.header(*name, *value))).await
}

/// Asks until it is too much, which the clock may put off by a request or two; gives how often it was served, and the refusal.
async fn until_refused(gate: &Gate, path: &str, headers: &[(&str, &str)], served: u16) -> (usize, TestResponse) {
    for count in 0..50 {
        let answer = ask(gate, path, headers).await;
        match answer.status {
            429 => return (count, answer),
            status => assert_eq!(status, served),
        }
    }
    panic!("50 requests at once were not too much");
}

fn bearer() -> String {
    format!("Bearer {}", issuer::token())
}

#[tokio::test]
async fn who_asks_too_much_is_told_when_to_come_back_and_others_are_served() {
    let gate = gate(&[("--requests-a-second", "1")]).await;
    let (one, other) = (bearer(), bearer());
    let (served, refused) = until_refused(&gate, "/api/v1/private", &[("authorization", &one)], 200).await;
    assert!(served >= 4);
    assert_eq!(refused.code(), "too-many-requests");
    assert_eq!(refused.headers("retry-after"), ["1"]);
    assert_eq!(ask(&gate, "/api/v1/private", &[("authorization", &other)]).await.status, 200);
    // With a bad token, or none, the address counts, which has not asked for anything yet.
    let (served, _) = until_refused(&gate, "/api/v1/private", &[("authorization", "Bearer nonsense")], 401).await;
    assert!(served >= 4);
}

async fn sign_in(gate: &Gate) -> u16 {
    let call = gate.call(Method::POST, "/api/v1/sessions").header("content-type", "application/json");
    sent(call.header("authorization", bearer()).body("{}")).await.status
}

#[tokio::test]
async fn whose_words_are_signed_never_asks_too_much() {
    let gate = gate(&[("--requests-a-second", "1")]).await;
    for _ in 0..50 {
        assert_eq!(ask(&gate, "/api/v1/signed", &[]).await.status, 200);
    }
}

#[tokio::test]
async fn what_is_guessed_wrong_has_a_limit_of_its_own_by_address() {
    let (echo, refusing) = (upstream::echo(), upstream::answering(401));
    let flags = [("--submissions-url", &*echo), ("--accounts-url", &refusing), ("--guesses-a-minute", "2")];
    let gate = Gate::before(&flags).await;
    assert_eq!([sign_in(&gate).await, sign_in(&gate).await, sign_in(&gate).await], [401, 401, 429]);
    assert_eq!(ask(&gate, "/api/v1/either", &[]).await.status, 200);
}

#[tokio::test]
async fn of_many_guesses_at_once_no_more_are_compared_than_may_fail() {
    let (accounts, reached, go) = upstream::waiting(401);
    let gate = Gate::before(&[("--accounts-url", &accounts), ("--guesses-a-minute", "2")]).await;
    let all = futures_util::future::join_all((0..20).map(|_| sign_in(&gate)));
    let (answers, ()) = tokio::join!(all, async {
        while reached.load(Ordering::SeqCst) < 2 {
            tokio::task::yield_now().await;
        }
        go.add_permits(20);
    });
    assert_eq!(answers.iter().filter(|status| **status == 401).count(), 2);
    assert_eq!((answers.iter().filter(|status| **status == 429).count(), reached.load(Ordering::SeqCst)), (18, 2));
}

#[tokio::test]
async fn what_fails_at_one_kind_of_secret_keeps_nobody_from_another() {
    let refusing = upstream::answering(401);
    let gate = Gate::before(&[("--accounts-url", &refusing), ("--guesses-a-minute", "2")]).await;
    let code = async || gate.post("/api/v1/codes", "{}").await.status;
    assert_eq!([code().await, code().await, code().await], [401, 401, 429]);
    assert_eq!(sign_in(&gate).await, 401);
}

async fn program(gate: &Gate, id: &str) -> u16 {
    let form = "application/x-www-form-urlencoded";
    let call = gate.call(Method::POST, "/api/v1/oauth/token").header("content-type", form);
    sent(call.body(format!("grant_type=client_credentials&client_id={id}"))).await.status
}

#[tokio::test]
async fn a_program_with_an_old_secret_keeps_no_other_behind_its_address_out() {
    let refusing = upstream::answering(401);
    let gate = Gate::before(&[("--accounts-url", &refusing), ("--guesses-a-minute", "8")]).await;
    let mut answers = Vec::new();
    for _ in 0..40 {
        answers.push(program(&gate, "old").await);
    }
    assert_eq!((answers[1], answers[2], program(&gate, "other").await), (401, 429, 401));
}

#[tokio::test]
async fn when_too_many_failed_the_service_is_asked_whom_it_knows_and_no_client_says_so() {
    let mut document = document();
    document["paths"]["/api/v1/sessions"]["post"]["x-knows-devices"] = true.into();
    let flags = [("--accounts-url", &*upstream::answering(401)), ("--guesses-a-minute", "1")];
    let gate = Gate::of(&document, &flags).await.unwrap_or_else(|why| panic!("{why}"));
    let told = async || {
        let call = gate.call(Method::POST, "/api/v1/sessions").header("content-type", "application/json");
        let answer = sent(call.header(GuessesSpent::HEADER, "9").body("{}")).await;
        answer.json()["headers"][GuessesSpent::HEADER][0].as_str().and_then(|seconds| seconds.parse::<u32>().ok())
    };
    assert_eq!(told().await, None);
    assert!(told().await.is_some_and(|seconds| (50..=61).contains(&seconds)));
}

#[tokio::test]
async fn who_gets_in_costs_nobody_behind_the_same_address_anything() {
    let gate = gate(&[("--guesses-a-minute", "2")]).await;
    for _ in 0..40 {
        assert_eq!(sign_in(&gate).await, 200);
    }
}

#[tokio::test]
async fn what_sends_somebody_a_message_counts_whatever_comes_of_it() {
    let mut document = document();
    document["paths"]["/api/v1/sessions"]["post"]["x-guessable"] = "always".into();
    let flags = [("--accounts-url", &*upstream::echo()), ("--guesses-a-minute", "2")];
    let gate = Gate::of(&document, &flags).await.unwrap_or_else(|why| panic!("{why}"));
    assert_eq!([sign_in(&gate).await, sign_in(&gate).await, sign_in(&gate).await], [200, 200, 429]);
}

#[tokio::test]
async fn a_limit_of_zero_is_none() {
    let gate = gate(&[("--requests-a-second", "0"), ("--guesses-a-minute", "0")]).await;
    for _ in 0..300 {
        assert_eq!(ask(&gate, "/api/v1/either", &[]).await.status, 200);
    }
}

#[tokio::test]
async fn behind_a_trusted_proxy_the_last_address_that_is_no_proxy_counts() {
    let gate = gate(&[("--trusted-proxies", "127.0.0.0/8,10.0.0.0/8"), ("--requests-a-second", "1")]).await;
    let seen = async |forwarded: &str| {
        let answer = ask(&gate, "/api/v1/either", &[("x-forwarded-for", forwarded)]).await;
        (answer.status, answer.json()["headers"]["x-forwarded-for"][0].as_str().map(str::to_owned))
    };
    assert_eq!(seen("1.1.1.1, 203.0.113.9, 10.1.2.3").await, (200, Some("203.0.113.9".into())));
    assert_eq!(seen("203.0.113.9, nonsense, 10.1.2.3").await, (200, Some("127.0.0.1".into())));
    let refused =
        async |address: &str| until_refused(&gate, "/api/v1/either", &[("x-forwarded-for", address)], 200).await.0;
    refused("198.51.100.1, 203.0.113.9").await;
    assert_eq!(seen("198.51.100.1").await.0, 200);
    // One subscriber has 64 bits of IPv6 to himself.
    assert!(refused("2001:db8:0:1::1").await >= 4);
    assert!(refused("2001:db8:0:1::2").await < 4);
    assert_eq!(seen("2001:db8:0:2::1").await.0, 200);
}
