//! Programs get tokens as OAuth has it, through the gateway, and may do what they were granted.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use serde_json::Value;
use testkit::{Method, TestResponse};

use crate::fixture::{Fixture, get};

async fn token(fixture: &Fixture, form: &str) -> TestResponse {
    let call = fixture.nobody().call("gateway", Method::POST, "/api/v1/oauth/token");
    call.body(form.to_owned(), "application/x-www-form-urlencoded").send().await
}

fn credentials() -> String {
    let login =
        accounts::demonstration_logins().into_iter().find(|login| !login.login.contains('@')).expect("a client");
    format!("client_id={}&client_secret={}", login.login, login.secret)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_wrong_request_is_answered_as_rfc_6749_has_it() {
    let fixture = Fixture::open().await;
    let own = credentials();
    for (form, status, code) in [
        ("grant_type=password&username=an&password=x".to_owned(), 400, "unsupported_grant_type"),
        (own.clone(), 400, "invalid_request"),
        (format!("grant_type=client_credentials&grant_type=client_credentials&{own}"), 400, "invalid_request"),
        (format!("grant_type=client_credentials&scope=everything&{own}"), 400, "invalid_scope"),
        ("grant_type=client_credentials&client_id=nobody&client_secret=x".to_owned(), 401, "invalid_client"),
        (format!("grant_type=client_credentials&client_id={}", "x".repeat(300)), 400, "invalid_request"),
        ("%".to_owned(), 400, "invalid_request"),
        (String::new(), 400, "invalid_request"),
    ] {
        let answer = token(&fixture, &form).await.expect(status);
        assert_eq!((answer.text("/error"), answer.header("content-type")), (code, Some("application/json")), "{form}");
        assert_eq!(answer.header("cache-control"), Some("no-store"), "{form}");
        assert_eq!(answer.header("www-authenticate").is_some(), status == 401, "{form}");
    }
    for (method, body, media_type, status) in [
        (Method::GET, String::new(), "text/plain", 405),
        (Method::POST, "{}".to_owned(), "application/json", 415),
        (Method::POST, "x".repeat(70_000), "application/x-www-form-urlencoded", 413),
    ] {
        let call = fixture.nobody().call("gateway", method, "/api/v1/oauth/token").body(body, media_type);
        let answer = call.send().await.expect(status);
        let told = (answer.text("/error"), answer.header("content-type"), answer.header("cache-control"));
        assert_eq!(told, ("invalid_request", Some("application/json"), Some("no-store")));
        assert!(!answer.text("/error_description").is_empty());
    }
    // Unknown parameters are ignored (§3.2).
    token(&fixture, &format!("grant_type=client_credentials&audience=x&{own}")).await.expect(200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_says_what_it_was_granted_and_opens_no_more() {
    let fixture = Fixture::open().await;
    let payments = token(&fixture, &format!("grant_type=client_credentials&scope=payments&{}", credentials())).await;
    let text = payments.expect(200).text("/access_token").to_owned();
    let claims = BASE64_URL_SAFE_NO_PAD.decode(text.split('.').nth(1).expect("claims")).expect("base64url");
    let claims: Value = serde_json::from_slice(&claims).expect("JSON");
    assert_eq!((&claims["scope"], &claims["client_id"]), (&"payments".into(), &"motcua-demo".into()));
    let program = fixture.nobody().with_token(Some(text));
    let refused = get(&program, "/api/v1/dossiers").await.expect(403);
    assert_eq!(refused.text("/code"), "insufficient-scope");
    let challenge = "Bearer error=\"insufficient_scope\", scope=\"dossiers\"";
    assert_eq!(refused.header("www-authenticate"), Some(challenge));
    get(&program, "/api/v1/payment-orders/00000000-0000-7000-8000-000000000000").await.expect(404);
    get(&program, "/api/v1/accounts/me").await.expect(200);
    get(&fixture.sign_in_client().await, "/api/v1/dossiers").await.expect(200);
}
