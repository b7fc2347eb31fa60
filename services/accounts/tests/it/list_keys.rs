//! The keys that verify access tokens.

use chrono::TimeDelta;
use testkit::{Installation, Method, TestResponse};

use crate::people::{DEMONSTRATION_PASSWORD, ask, demonstration, installation, run, sign_in};

async fn keys(installation: &Installation) -> TestResponse {
    installation.nobody().call("accounts", Method::GET, "/api/v1/jwks").send().await.expect(200)
}

#[tokio::test]
async fn the_first_who_asks_has_the_key_made_and_everybody_gets_that_one() {
    let installation = installation().await;
    let (a, b, c) = tokio::join!(keys(&installation), keys(&installation), keys(&installation));
    assert_eq!(a.json, b.json);
    assert_eq!(a.json, c.json);
    assert_eq!(a.json["keys"].as_array().map(Vec::len), Some(1));
    assert_eq!((a.text("/keys/0/kty"), a.text("/keys/0/crv")), ("OKP", "Ed25519"));
    assert_eq!((a.text("/keys/0/alg"), a.text("/keys/0/use")), ("EdDSA", "sig"));
    assert!(a.json.pointer("/keys/0/d").is_none());
    assert_eq!(a.header("cache-control"), Some("public, max-age=300"));
    assert_eq!(ask(&installation, "select count(*) from signing_keys").await, "1");
}

#[tokio::test]
async fn a_retired_key_signs_no_more_and_is_published_until_its_last_token_has_expired() {
    let installation = demonstration().await;
    let old = keys(&installation).await.text("/keys/0/kid").to_owned();
    run(&installation, "update signing_keys set retired_at = '2026-07-21T03:00:00Z'").await;
    installation.clock.advance(TimeDelta::minutes(1));
    let both = keys(&installation).await;
    let new = both.text("/keys/0/kid").to_owned();
    assert_ne!(new, old);
    assert_eq!(both.text("/keys/1/kid"), old);
    let tokens = sign_in(&installation, "an@example.vn", DEMONSTRATION_PASSWORD).await.expect(201);
    let header = jsonwebtoken::decode_header(tokens.text("/access_token")).expect("a header");
    assert_eq!((header.kid, header.typ.as_deref()), (Some(new), Some("at+jwt")));
    installation.clock.advance(TimeDelta::minutes(11));
    assert_eq!(keys(&installation).await.json["keys"].as_array().map(Vec::len), Some(1));
}
