//! Which tokens are believed: those that accounts issued, and none that look like them.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use chrono::TimeDelta;
use edge::{Capacity, token::Claims};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use testkit::Installation;
use uuid::Uuid;

use crate::people::{DEMONSTRATION_PASSWORD, ask, bearer, demonstration, me, sign_in};

struct Forger {
    key: EncodingKey,
    header: Header,
    claims: Claims,
}

/// Somebody who has the very key of the installation, so that nothing but what a test changes is wrong.
async fn forger(installation: &Installation) -> Forger {
    let tokens = sign_in(installation, "an@example.vn", DEMONSTRATION_PASSWORD).await.expect(201);
    let header = jsonwebtoken::decode_header(tokens.text("/access_token")).expect("a header");
    let private = hex_bytes(&ask(installation, "select encode(private_key, 'hex') from signing_keys").await);
    let id: Uuid =
        ask(installation, "select id from users where email = 'an@example.vn'").await.parse().expect("an id");
    let now = installation.clock.now();
    let claims = Claims {
        iss: "https://issuer.test".into(),
        aud: "motcua".into(),
        sub: id,
        iat: now.timestamp(),
        exp: (now + TimeDelta::minutes(10)).timestamp(),
        jti: Uuid::new_v4(),
        sid: None,
        name: "An".into(),
        capacity: Capacity::Myself,
    };
    Forger { key: EncodingKey::from_ed_der(&private), header, claims }
}

fn hex_bytes(text: &str) -> Vec<u8> {
    let byte = |at: usize| u8::from_str_radix(&text[at..at + 2], 16).expect("hexadecimal");
    (0..text.len()).step_by(2).map(byte).collect()
}

async fn status(installation: &Installation, token: String) -> u16 {
    me(&installation.nobody().with_token(Some(token))).await.status
}

impl Forger {
    fn token(&self) -> String {
        encode(&self.header, &self.claims, &self.key).expect("a token")
    }
}

#[tokio::test]
async fn a_token_with_everything_right_is_believed() {
    let installation = demonstration().await;
    assert_eq!(status(&installation, forger(&installation).await.token()).await, 200);
}

#[tokio::test]
async fn a_token_without_signature_is_refused() {
    let installation = demonstration().await;
    let forger = forger(&installation).await;
    let token = forger.token();
    let claims = token.split('.').nth(1).expect("claims");
    let kid = forger.header.kid.clone().expect("a kid");
    let header = serde_json::json!({ "alg": "none", "typ": "at+jwt", "kid": kid }).to_string();
    let header = BASE64_URL_SAFE_NO_PAD.encode(header);
    assert_eq!(status(&installation, format!("{header}.{claims}.")).await, 401);
    let signed = token.rsplit_once('.').expect("three parts").0;
    assert_eq!(status(&installation, format!("{signed}.")).await, 401);
}

#[tokio::test]
async fn a_token_signed_with_the_public_key_as_a_shared_secret_is_refused() {
    let installation = demonstration().await;
    let mut forger = forger(&installation).await;
    let public = ask(&installation, "select public_x from signing_keys").await;
    forger.key = EncodingKey::from_secret(&BASE64_URL_SAFE_NO_PAD.decode(public).expect("base64"));
    forger.header.alg = Algorithm::HS256;
    assert_eq!(status(&installation, forger.token()).await, 401);
}

#[tokio::test]
async fn a_token_for_another_audience_or_of_another_issuer_type_or_key_is_refused() {
    let installation = demonstration().await;
    let refused: [fn(&mut Forger); 6] = [
        |forger| forger.claims.aud = "other".into(),
        |forger| forger.claims.iss = "https://other.example".into(),
        |forger| forger.header.typ = Some("JWT".into()),
        |forger| forger.header.typ = None,
        |forger| forger.header.kid = Some("other".into()),
        |forger| forger.header.kid = None,
    ];
    for (number, change) in refused.into_iter().enumerate() {
        let mut forger = forger(&installation).await;
        change(&mut forger);
        assert_eq!(status(&installation, forger.token()).await, 401, "change {number}");
    }
}

#[tokio::test]
async fn a_token_lives_ten_minutes_and_not_a_second_longer() {
    let installation = demonstration().await;
    let tokens = sign_in(&installation, "an@example.vn", DEMONSTRATION_PASSWORD).await.expect(201);
    let an = bearer(&installation, &tokens);
    installation.clock.advance(TimeDelta::seconds(599));
    me(&an).await.expect(200);
    installation.clock.advance(TimeDelta::seconds(1));
    me(&an).await.expect(401);
}

#[tokio::test]
async fn a_token_from_the_future_is_refused() {
    let installation = demonstration().await;
    let mut forger = forger(&installation).await;
    forger.claims.iat += 60;
    assert_eq!(status(&installation, forger.token()).await, 401);
}
