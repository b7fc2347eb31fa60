//! Operations that need a token.

use jsonwebtoken::Algorithm;
use reqwest::Method;
use serde_json::json;

use crate::{
    document::document,
    gate::{Gate, TestResponse, sent},
    issuer::{claims, header, sign, sign_with_public_key, token},
    upstream,
};

const PATH: &str = "/api/v1/private";

async fn with(gate: &Gate, authorization: &str) -> TestResponse {
    sent(gate.call(Method::GET, PATH).header("authorization", authorization)).await
}

#[tokio::test]
async fn a_valid_token_is_passed_on_to_the_service() {
    let gate = Gate::start().await;
    let authorization = format!("Bearer {}", token());
    for _ in 0..2 {
        let answer = with(&gate, &authorization).await;
        assert_eq!(
            (answer.status, &answer.json()["headers"]["authorization"][0]),
            (200, &authorization.as_str().into())
        );
    }
}

#[tokio::test]
async fn without_a_token_nobody_gets_through() {
    let gate = Gate::start().await;
    let answer = gate.get(PATH).await;
    assert_eq!((answer.status, &*answer.code()), (401, "unauthenticated"));
    assert_eq!(answer.headers("www-authenticate"), ["Bearer"]);
    for authorization in ["", "Bearer", "Bearer ", "Basic eDp5", "Bearer x.y.z", "Bearer \u{e9}"] {
        assert_eq!(with(&gate, authorization).await.status, 401, "{authorization:?}");
    }
}

#[tokio::test]
async fn a_token_is_asked_for_before_the_body_is_looked_at() {
    let gate = Gate::start().await;
    assert_eq!(gate.post(PATH, "{").await.status, 401);
}

#[tokio::test]
async fn a_token_that_is_not_ours_does_not_open() {
    let gate = Gate::start().await;
    let changed = |key: &str, value: serde_json::Value| {
        let mut claims = claims(600);
        claims[key] = value;
        sign(&header(), &claims)
    };
    let headed = |change: fn(&mut jsonwebtoken::Header)| {
        let mut header = header();
        change(&mut header);
        sign(&header, &claims(600))
    };
    let good = token();
    let parts: Vec<_> = good.split('.').collect();
    let none = "eyJhbGciOiJub25lIiwidHlwIjoiYXQrand0Iiwia2lkIjoiayJ9";
    let bad = [
        ("expired", sign(&header(), &claims(-1))),
        ("not yet", changed("iat", json!(4_102_444_800_i64))),
        ("another audience", changed("aud", json!("other"))),
        ("another issuer", changed("iss", json!("https://evil.test"))),
        ("no subject", changed("sub", json!(null))),
        ("not before later", changed("nbf", json!(4_102_444_800_i64))),
        ("not before nonsense", changed("nbf", json!("later"))),
        ("a critical extension", headed(|header| header.crit = Some(vec!["exp".into()]))),
        ("an id token", headed(|header| header.typ = Some("JWT".into()))),
        ("another key", headed(|header| header.kid = Some("other".into()))),
        ("no key", headed(|header| header.kid = None)),
        ("the public key as secret", sign_with_public_key(&claims(600))),
        ("unsigned", format!("{none}.{}.", parts[1])),
        ("another's signature", format!("{}.{}.{}", parts[0], token().split('.').nth(1).unwrap_or_default(), parts[2])),
        ("no signature", format!("{}.{}.", parts[0], parts[1])),
    ];
    assert_eq!(header().alg, Algorithm::EdDSA);
    for (name, token) in bad {
        let answer = with(&gate, &format!("Bearer {token}")).await;
        assert_eq!(answer.status, 401, "{name}");
        assert_eq!(answer.headers("www-authenticate"), ["Bearer error=\"invalid_token\""], "{name}");
    }
    assert_eq!(with(&gate, &format!("Bearer {}", changed("nbf", json!(1_000_000_000.5)))).await.status, 200);
}

#[tokio::test]
async fn a_program_needs_the_scope_that_the_operation_names_and_a_person_none() {
    let mut document = document();
    document["paths"][PATH]["get"]["security"] = json!([{"bearer": ["dossiers"]}]);
    let flags = [("--submissions-url", &*upstream::echo())];
    let gate = Gate::of(&document, &flags).await.unwrap_or_else(|why| panic!("{why}"));
    let granted = |scope: &str| {
        let mut claims = claims(600);
        claims["scope"] = json!(scope);
        format!("Bearer {}", sign(&header(), &claims))
    };
    for (scope, status) in
        [("dossiers", 200), ("payments dossiers", 200), ("payments", 403), ("", 403), ("dossier", 403)]
    {
        assert_eq!(with(&gate, &granted(scope)).await.status, status, "{scope}");
    }
    let refused = with(&gate, &granted("payments")).await;
    assert_eq!(refused.code(), "insufficient-scope");
    assert_eq!(refused.headers("www-authenticate"), ["Bearer error=\"insufficient_scope\", scope=\"dossiers\""]);
    assert_eq!(with(&gate, &format!("Bearer {}", token())).await.status, 200);
}

#[tokio::test]
async fn two_tokens_are_none() {
    let gate = Gate::start().await;
    let bearer = format!("Bearer {}", token());
    let call = gate.call(Method::GET, PATH).header("authorization", &bearer).header("authorization", "Bearer x");
    assert_eq!(sent(call).await.status, 401);
}

#[tokio::test]
async fn a_public_operation_asks_for_no_token_and_minds_no_bad_one() {
    let gate = Gate::start().await;
    assert_eq!(gate.get("/api/v1/either").await.status, 200);
    let answer = sent(gate.call(Method::GET, "/api/v1/payment-orders").header("authorization", "Bearer x")).await;
    assert_eq!(answer.status, 200);
}

#[tokio::test]
async fn while_the_keys_cannot_be_fetched_a_token_is_neither_believed_nor_refused() {
    let gate = Gate::before(&[("--jwks-url", "http://127.0.0.1:1/jwks")]).await;
    let answer = with(&gate, &format!("Bearer {}", token())).await;
    assert_eq!((answer.status, &*answer.code()), (503, "unavailable"));
    assert_eq!(answer.headers("retry-after").len(), 1);
}
