//! What OAuth libraries read first: where tokens are had, and how (RFC 8414).

use actix_web::{HttpResponse, get, http::header, web};
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::App;

/// Authorization server metadata.
#[derive(Serialize, ToSchema)]
#[schema(as = OAuthMetadata)]
pub struct Metadata {
    /// What `iss` of a token says.
    #[schema(example = "https://motcua.localhost")]
    issuer: String,
    /// Where a program asks for a token.
    #[schema(example = "https://motcua.localhost/api/v1/oauth/token")]
    token_endpoint: String,
    /// Where the keys are that verify tokens.
    #[schema(example = "https://motcua.localhost/api/v1/jwks")]
    jwks_uri: String,
    /// The scopes that there are.
    scopes_supported: Vec<&'static str>,
    /// None: there is no authorization endpoint.
    response_types_supported: Vec<&'static str>,
    /// Client credentials.
    grant_types_supported: Vec<&'static str>,
    /// How a program shows its secret.
    token_endpoint_auth_methods_supported: Vec<&'static str>,
    /// The documentation.
    #[schema(example = "https://motcua.localhost/docs")]
    service_documentation: String,
}

/// Read the OAuth metadata
///
/// Authorization server metadata as RFC 8414 has it.
#[utoipa::path(
    operation_id = "get_oauth_metadata",
    tag = "oauth",
    responses((
        status = 200,
        description = "The metadata",
        body = Metadata,
        headers(("Cache-Control" = String, description = "How long it may be kept"))
    ))
)]
#[get("/.well-known/oauth-authorization-server")]
pub async fn get_oauth_metadata(app: web::Data<App>) -> HttpResponse {
    let at = |path: &str| format!("{}{path}", app.public_url);
    let metadata = Metadata {
        issuer: app.issuer.clone(),
        token_endpoint: at("/api/v1/oauth/token"),
        jwks_uri: at("/api/v1/jwks"),
        scopes_supported: vec!["dossiers", "payments"],
        response_types_supported: Vec::new(),
        grant_types_supported: vec!["client_credentials"],
        token_endpoint_auth_methods_supported: vec!["client_secret_basic", "client_secret_post"],
        service_documentation: at("/docs"),
    };
    HttpResponse::Ok().insert_header((header::CACHE_CONTROL, "public, max-age=300")).json(metadata)
}
