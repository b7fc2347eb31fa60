//! A token issuer for tests of one service: signs what the test says, and publishes its key.

use std::sync::LazyLock;

use actix_web::{App, HttpServer, web};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use chrono::{DateTime, TimeDelta, Utc};
use ed25519_dalek::{SigningKey, pkcs8::EncodePrivateKey};
use edge::{Capacity, token};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::free_port;

const KID: &str = "test";
/// The issuer that tests name, and services are told to believe.
pub(crate) const ISSUER: &str = "https://issuer.test";

static KEY: LazyLock<SigningKey> = LazyLock::new(|| SigningKey::from_bytes(&[7; 32]));

/// Publishes the key set; gives its address.
pub(crate) fn publish() -> String {
    let address = format!("127.0.0.1:{}", free_port());
    let server = HttpServer::new(|| App::new().route("/jwks", web::get().to(async || web::Json(key_set()))))
        .workers(1)
        .disable_signals()
        .bind(&address)
        .expect("a free port can be bound");
    tokio::spawn(server.run());
    format!("http://{address}/jwks")
}

fn key_set() -> Value {
    let x = BASE64_URL_SAFE_NO_PAD.encode(KEY.verifying_key().as_bytes());
    json!({"keys": [{"kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "use": "sig", "kid": KID, "x": x}]})
}

/// Who a test token speaks for.
pub(crate) struct Bearer {
    pub id: Uuid,
    pub name: String,
    pub capacity: Capacity,
}

/// A token that lives for a year from `now`, so that a test may move its clock.
pub(crate) fn token(bearer: Bearer, now: DateTime<Utc>) -> String {
    let claims = token::Claims {
        iss: ISSUER.into(),
        aud: token::AUDIENCE.into(),
        sub: bearer.id,
        iat: now.timestamp(),
        exp: (now + TimeDelta::days(365)).timestamp(),
        jti: Uuid::new_v4(),
        sid: Some(Uuid::new_v4()),
        name: bearer.name,
        capacity: bearer.capacity,
    };
    let mut header = Header::new(Algorithm::EdDSA);
    header.typ = Some(token::TYPE.into());
    header.kid = Some(KID.into());
    let der = KEY.to_pkcs8_der().expect("an Ed25519 key has a PKCS#8 form");
    encode(&header, &claims, &EncodingKey::from_ed_der(der.as_bytes())).expect("claims can be signed")
}
