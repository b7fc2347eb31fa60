//! A token issuer: signs what a test says, and publishes its key.

use std::time::{SystemTime, UNIX_EPOCH};

use actix_web::{App, HttpServer, web};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use ed25519_dalek::{SigningKey, pkcs8::EncodePrivateKey};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use serde_json::{Value, json};
use uuid::Uuid;

pub const ISSUER: &str = "https://issuer.test";

fn key() -> SigningKey {
    SigningKey::from_bytes(&[7; 32])
}

/// The public key, as text.
pub fn public_key() -> String {
    BASE64_URL_SAFE_NO_PAD.encode(key().verifying_key().as_bytes())
}

/// Publishes the key set; gives its address.
pub fn publish() -> String {
    let server = HttpServer::new(|| App::new().route("/jwks", web::get().to(async || web::Json(key_set()))));
    let server = server.workers(1).disable_signals().bind("127.0.0.1:0").expect("a free port");
    let address = server.addrs()[0];
    tokio::spawn(server.run());
    format!("http://{address}/jwks")
}

fn key_set() -> Value {
    json!({"keys": [{"kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "use": "sig", "kid": "k", "x": public_key()}]})
}

/// The claims of a good token that lives for `seconds` from now.
pub fn claims(seconds: i64) -> Value {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970").as_secs();
    let now = i64::try_from(now).expect("before the year 292 billion");
    json!({"iss": ISSUER, "aud": "motcua", "sub": Uuid::new_v4(), "iat": now - 60, "exp": now + seconds, "jti": Uuid::new_v4(),
        "sid": null, "kind": "CITIZEN", "name": "Nguyễn Văn An", "organisation": null})
}

/// A header as the issuer writes it.
pub fn header() -> Header {
    let mut header = Header::new(Algorithm::EdDSA);
    header.typ = Some("at+jwt".into());
    header.kid = Some("k".into());
    header
}

/// Signs with the issuer's key.
pub fn sign(header: &Header, claims: &Value) -> String {
    let der = key().to_pkcs8_der().expect("a PKCS#8 form");
    encode(header, claims, &EncodingKey::from_ed_der(der.as_bytes())).expect("claims can be signed")
}

/// Signs with the text of the public key as if it were a shared secret.
pub fn sign_with_public_key(claims: &Value) -> String {
    let mut header = header();
    header.alg = Algorithm::HS256;
    encode(&header, claims, &EncodingKey::from_secret(public_key().as_bytes())).expect("claims can be signed")
}

/// A good token.
pub fn token() -> String {
    sign(&header(), &claims(600))
}
