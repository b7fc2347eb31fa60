//! Access tokens die within a second with their session, the role that they name, the account.

use std::time::{Duration, Instant};

use diesel_async::SimpleAsyncConnection;
use serde_json::json;
use testkit::{Method, TestCaller, TestResponse};

use crate::fixture::{Fixture, get, post};

const ME: &str = "/api/v1/accounts/me";
/// An operation that another service answers, who cannot know.
const DESK: &str = "/api/v1/agencies/H44.100/dossiers";
const PROCESSOR: &str = "xuly@h44-100.example.vn";

/// What `path` says to `caller` as soon as it is not 200; a second later at most.
async fn refused(caller: &TestCaller, path: &str) -> TestResponse {
    let begun = Instant::now();
    loop {
        let answer = get(caller, path).await;
        if answer.status != 200 {
            return answer;
        }
        assert!(begun.elapsed() < Duration::from_secs(1), "a second later the token still opens {path}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

fn is_invalid_token(answer: &TestResponse) {
    assert_eq!((answer.status, answer.text("/code")), (401, "unauthenticated"));
    assert_eq!(answer.header("www-authenticate"), Some("Bearer error=\"invalid_token\""));
}

async fn tokens(fixture: &Fixture, email: &str) -> (TestCaller, String) {
    let body = json!({"email": email, "password": "motcua-demo-2026"});
    let answer = post(&fixture.nobody(), "/api/v1/sessions", &body).await.expect(201);
    let caller = fixture.nobody().with_token(Some(answer.text("/access_token").to_owned()));
    (caller, answer.text("/refresh_token").to_owned())
}

async fn run(fixture: &Fixture, statement: &str) {
    fixture.installation.database("accounts").await.batch_execute(statement).await.expect("the statement runs");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_dies_within_a_second_with_its_session_and_no_other_does() {
    let fixture = Fixture::open().await;
    let (here, _) = tokens(&fixture, PROCESSOR).await;
    let (elsewhere, _) = tokens(&fixture, PROCESSOR).await;
    for path in [ME, DESK] {
        get(&here, path).await.expect(200);
    }
    here.call("gateway", Method::DELETE, "/api/v1/sessions/current").send().await.expect(204);
    is_invalid_token(&refused(&here, DESK).await);
    is_invalid_token(&get(&here, ME).await);
    get(&elsewhere, DESK).await.expect(200);
    run(&fixture, &format!("update users set closed_at = created_at where email = '{PROCESSOR}'")).await;
    is_invalid_token(&refused(&elsewhere, DESK).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_dies_within_a_second_with_a_role_that_it_names_and_the_session_goes_on_with_the_others() {
    let fixture = Fixture::open().await;
    let (official, refresh) = tokens(&fixture, PROCESSOR).await;
    let (colleague, _) = tokens(&fixture, "tiepnhan@h44-100.example.vn").await;
    get(&official, DESK).await.expect(200);
    let person = format!("user_id = (select id from users where email = '{PROCESSOR}')");
    run(&fixture, &format!("delete from official_roles where {person} and role = 'APPROVER'")).await;
    is_invalid_token(&refused(&official, DESK).await);
    let next =
        post(&fixture.nobody(), "/api/v1/sessions/refresh", &json!({"refresh_token": refresh})).await.expect(200);
    assert_eq!(next.json["capacity"]["roles"], json!(["PROCESSOR"]));
    let official = fixture.nobody().with_token(Some(next.text("/access_token").to_owned()));
    get(&official, DESK).await.expect(200);
    run(
        &fixture,
        &format!("update official_roles set valid_until = '2020-01-01', valid_from = '2020-01-01' where {person}"),
    )
    .await;
    is_invalid_token(&refused(&official, DESK).await);
    get(&colleague, DESK).await.expect(200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_programs_token_dies_within_a_second_with_its_secret_and_with_the_program() {
    let fixture = Fixture::open().await;
    let program = fixture.sign_in_client().await;
    get(&program, "/api/v1/dossiers").await.expect(200);
    run(&fixture, "update api_clients set last_used_at = now()").await;
    let other_secret = "update api_clients set secret_hash = sha256('another'::bytea) where client_id = 'motcua-demo'";
    let as_before = "select secret_hash from api_clients where client_id = 'motcua-demo'";
    run(&fixture, &format!("create table before as {as_before}; {other_secret}")).await;
    is_invalid_token(&refused(&program, "/api/v1/dossiers").await);
    is_invalid_token(&get(&program, ME).await);
    run(&fixture, "update api_clients set secret_hash = before.secret_hash from before; drop table before").await;
    let program = fixture.sign_in_client().await;
    get(&program, "/api/v1/dossiers").await.expect(200);
    run(&fixture, "update api_clients set disabled_at = now() where client_id = 'motcua-demo'").await;
    is_invalid_token(&refused(&program, "/api/v1/dossiers").await);
}
