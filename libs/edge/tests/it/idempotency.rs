//! One key, one effect, one answer.

use diesel::{QueryableByName, sql_query, sql_types::BigInt};
use diesel_async::RunQueryDsl;
use serde_json::json;
use testkit::{Installation, Method, TestCaller};

use crate::probe::installation;

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    n: i64,
}

async fn notes(installation: &Installation) -> i64 {
    let mut conn = installation.database("probe").await;
    sql_query("select count(*) as n from notes").get_result::<Count>(&mut conn).await.unwrap().n
}

async fn add(by: &TestCaller, key: &str, text: &str) -> testkit::TestResponse {
    by.call("probe", Method::POST, "/api/v1/notes").key(key).json(&json!({"text": text})).send().await
}

#[tokio::test]
async fn the_same_key_and_request_give_the_first_answer_again_and_no_second_effect() {
    let installation = installation().await;
    let an = installation.citizen("An");
    let first = add(&an, "k", "a").await.expect(201);
    assert_eq!(first.header("idempotency-replayed"), None);
    let again = add(&an, "k", "a").await.expect(201);
    assert_eq!(again.bytes, first.bytes);
    assert_eq!(again.header("location"), first.header("location"));
    assert_eq!(again.header("etag"), first.header("etag"));
    assert_eq!(again.header("idempotency-replayed"), Some("true"));
    assert_eq!(notes(&installation).await, 1);
}

#[tokio::test]
async fn another_spelling_of_the_same_json_is_the_same_request() {
    let installation = installation().await;
    let an = installation.citizen("An");
    let send = async |text: &str| {
        an.call("probe", Method::POST, "/api/v1/notes").key("k").body(text, "application/json").send().await
    };
    send(r#"{"text":"a","pages":1}"#).await.expect(201);
    let again = send(r#"{ "pages": 1, "text": "\u0061" }"#).await.expect(201);
    assert_eq!(again.header("idempotency-replayed"), Some("true"));
}

#[tokio::test]
async fn one_person_for_herself_and_for_an_organisation_is_two_callers() {
    let installation = installation().await;
    let an = installation.citizen("An");
    let (one, other) = (uuid::Uuid::new_v4(), uuid::Uuid::new_v4());
    add(&an, "k", "a").await.expect(201);
    for organisation in [one, other] {
        let acting = installation.for_organisation(&an, organisation);
        let first = add(&acting, "k", "b").await.expect(201);
        assert_eq!(first.header("idempotency-replayed"), None);
        assert_eq!(add(&acting, "k", "b").await.expect(201).header("idempotency-replayed"), Some("true"));
    }
    assert_eq!(notes(&installation).await, 3);
}

#[tokio::test]
async fn another_request_under_a_used_key_is_refused() {
    let installation = installation().await;
    let an = installation.citizen("An");
    add(&an, "k", "a").await.expect(201);
    assert_eq!(add(&an, "k", "b").await.expect(422).text("/code"), "idempotency-key-reused");
    assert_eq!(notes(&installation).await, 1);
}

#[tokio::test]
async fn a_key_is_its_callers_own() {
    let installation = installation().await;
    add(&installation.citizen("An"), "k", "a").await.expect(201);
    let other = add(&installation.citizen("Bình"), "k", "b").await.expect(201);
    assert_eq!(other.header("idempotency-replayed"), None);
}

#[tokio::test]
async fn a_refusal_uses_up_no_key() {
    let installation = installation().await;
    let an = installation.citizen("An");
    add(&an, "k", "refuse").await.expect(400);
    add(&an, "k", "a").await.expect(201);
}

#[tokio::test]
async fn a_request_without_a_key_or_with_a_malformed_one_is_refused() {
    let installation = installation().await;
    let an = installation.citizen("An");
    let send = async |key: &str| add(&an, key, "a").await;
    for malformed in ["", "a b", &"k".repeat(256)] {
        assert_eq!(send(malformed).await.expect(400).text("/code"), "idempotency-key-required", "{malformed:?}");
    }
    send("\"quoted\"").await.expect(201);
    assert_eq!(send("quoted").await.expect(201).header("idempotency-replayed"), Some("true"));
}

#[tokio::test]
async fn fifty_at_once_under_one_key_have_one_effect() {
    let installation = installation().await;
    let an = installation.citizen("An");
    let calls = (0..50).map(|_| {
        let an = an.clone();
        tokio::spawn(async move { add(&an, "k", "slow").await })
    });
    let calls: Vec<_> = calls.collect();
    let (mut done, mut waiting) = (0, 0);
    for call in calls {
        let answer = call.await.unwrap();
        match answer.status {
            201 => done += 1,
            409 => {
                assert_eq!(answer.header("retry-after"), Some("1"));
                waiting += 1;
            }
            // The pool of this test is smaller than fifty: who finds no connection is told to come back.
            503 => waiting += 1,
            other => panic!("{other}"),
        }
    }
    assert!(done >= 1 && done + waiting == 50, "{done} {waiting}");
    assert_eq!(notes(&installation).await, 1);
}

#[tokio::test]
async fn a_key_stands_for_its_answer_for_seven_days_and_is_forgotten_after() {
    let installation = installation().await;
    let an = installation.citizen("An");
    add(&an, "k", "a").await.expect(201);
    let settings =
        pg::Settings { database_url: installation.database_url("probe").to_owned(), database_connections: 1 };
    let pool = pg::Pool::new(&settings).unwrap();
    for (days, replayed) in [(7, Some("true")), (1, None)] {
        installation.clock.advance(chrono::TimeDelta::days(days));
        edge::forget_keys(&pool, installation.clock.now()).await.unwrap();
        assert_eq!(add(&an, "k", "a").await.expect(201).header("idempotency-replayed"), replayed);
    }
}
