//! The keys that verify access tokens.

use actix_web::{HttpResponse, get, http::header, web};
use edge::Problem;
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::App;

/// A JSON Web Key Set (RFC 7517).
#[derive(Serialize, ToSchema)]
pub struct KeySet {
    /// The keys in use, and those retired so lately that a token of theirs may still live.
    keys: Vec<Key>,
}

/// An Ed25519 public key (RFC 8037).
#[derive(Serialize, ToSchema)]
#[schema(as = JsonWebKey)]
struct Key {
    /// Always `OKP`.
    #[schema(example = "OKP")]
    kty: &'static str,
    /// Always `Ed25519`.
    #[schema(example = "Ed25519")]
    crv: &'static str,
    /// Always `EdDSA`.
    #[schema(example = "EdDSA")]
    alg: &'static str,
    /// Always `sig`.
    #[schema(example = "sig")]
    r#use: &'static str,
    /// The id that a token's header names.
    kid: String,
    /// The key, in base64url.
    x: String,
}

/// List the token keys
///
/// The public keys of access tokens, as RFC 7517 writes them. May be kept for five minutes.
#[utoipa::path(
    operation_id = "list_keys",
    tag = "oauth",
    responses((
        status = 200,
        description = "The keys",
        body = KeySet,
        headers(("Cache-Control" = String, description = "How long it may be kept"))
    ))
)]
#[get("/api/v1/jwks")]
pub async fn list_keys(app: web::Data<App>) -> Result<HttpResponse, Problem> {
    let published = app.keys.published(&app.pool).await?;
    let keys = published.into_iter().map(|key| Key {
        kty: "OKP",
        crv: "Ed25519",
        alg: "EdDSA",
        r#use: "sig",
        kid: key.kid,
        x: key.x,
    });
    let kept = (header::CACHE_CONTROL, "public, max-age=300");
    Ok(HttpResponse::Ok().insert_header(kept).json(KeySet { keys: keys.collect() }))
}
