//! Access tokens for programs: OAuth 2.0 client credentials (RFC 6749 §4.4).

use std::{convert::Infallible, time::Duration};

use actix_web::{FromRequest, HttpMessage, HttpRequest, HttpResponse, dev::Payload, http::header, post, web};
use edge::{Capacity, OAuthError, Origin, Problem, SecurityEvent, kinds, read_limited};
use futures_util::{FutureExt, future::LocalBoxFuture};
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq;
use utoipa::ToSchema;

use crate::{
    app::App,
    changes,
    domain::{
        access_token::Subject,
        client_secret,
        token_request::{self, Refusal, TokenRequest},
    },
    store::{
        api_clients::{self, ApiClient},
        organisations::Organisation,
    },
};

/// A token request is a few short fields.
const LIMIT: usize = 8 * 1024;
const DEADLINE: Duration = Duration::from_secs(10);
const FORM: &str = "application/x-www-form-urlencoded";

/// A request for a token. Unknown parameters are ignored, as RFC 6749 demands.
#[derive(Deserialize, ToSchema)]
#[schema(as = ClientTokenRequest)]
#[allow(dead_code, reason = "describes the form; it is read by domain::token_request")]
struct Form {
    /// Always `client_credentials`.
    #[schema(pattern = "^client_credentials$", example = "client_credentials")]
    grant_type: String,
    /// The client, unless it is named in an `Authorization: Basic` header.
    #[schema(max_length = 200, example = "motcua-demo")]
    client_id: Option<String>,
    /// Its secret, unless it is in that header.
    #[schema(format = Password, max_length = 200)]
    client_secret: Option<String>,
    /// Scopes, separated by spaces; all that the client has when absent.
    #[schema(max_length = 1000, example = "dossiers")]
    scope: Option<String>,
}

/// An access token of a program.
#[derive(Serialize, ToSchema)]
pub struct ClientToken {
    /// A JWT, for `Authorization: Bearer`.
    access_token: String,
    /// Always `Bearer`.
    #[schema(example = "Bearer")]
    token_type: &'static str,
    /// Seconds that it lives. Ask for another then; there is no refresh token.
    #[schema(minimum = 1, example = 600)]
    expires_in: i64,
    /// The scopes granted, separated by spaces.
    scope: String,
}

fn told(refusal: Refusal) -> OAuthError {
    OAuthError { error: refusal.code(), error_description: refusal.description() }
}

/// A token request, or why it is none; or why it did not arrive, which is answered in OAuth's words, too.
pub struct Asked(Result<Result<TokenRequest, Refusal>, Problem>);

impl FromRequest for Asked {
    type Error = Infallible;
    type Future = LocalBoxFuture<'static, Result<Self, Infallible>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let is_form = request.content_type().eq_ignore_ascii_case(FORM);
        // Nothing at all was sent, not even a kind of nothing.
        let is_empty = request.content_type().is_empty() && !request.headers().contains_key(header::TRANSFER_ENCODING);
        let header = request.headers().get(header::AUTHORIZATION).map(|value| value.to_str().unwrap_or("").to_owned());
        let payload = payload.take();
        async move {
            if is_empty {
                return Ok(Self(Ok(Err(Refusal::Request))));
            }
            if !is_form {
                return Ok(Self(Err(kinds::UNSUPPORTED_MEDIA.into())));
            }
            let form = read_limited(payload, LIMIT, DEADLINE).await;
            Ok(Self(form.map(|form| token_request::read(&form, header.as_deref()))))
        }
        .boxed_local()
    }
}

/// Issue a token to an API client
///
/// OAuth 2.0 client credentials. The client shows its id and secret in an `Authorization: Basic` header
/// (`client_secret_basic`) or in the form (`client_secret_post`), not in both.
///
/// Whatever is wrong is answered as RFC 6749 §5.2 has it, so that OAuth libraries understand: the one place in this API where
/// failures are not `application/problem+json`.
#[utoipa::path(
    operation_id = "issue_client_token",
    tag = "oauth",
    extensions(("x-guessable" = json!(true)), ("x-claimed-by" = json!("client_id")), ("x-own-errors" = json!(true))),
    request_body(content = Form, content_type = "application/x-www-form-urlencoded", example = json!({
        "grant_type": "client_credentials", "client_id": "motcua-demo", "scope": "dossiers",
        "client_secret": "motcua_bW90Y3VhIGRlbW9uc3RyYXRpb24sIG5vIHNlY3JldC4VEwWSi",
    })),
    responses(
        (status = 200, description = "A token", body = ClientToken),
        (status = 400, description = "The request, grant or scope cannot be served", body = OAuthError, examples(
            ("invalid_request" = (value = json!(told(Refusal::Request)))),
            ("unsupported_grant_type" = (value = json!(told(Refusal::Grant)))),
            ("invalid_scope" = (value = json!(told(Refusal::Scope)))),
        )),
        (
            status = 401,
            description = "The client is unknown or could not prove who it is",
            body = OAuthError,
            headers(("WWW-Authenticate" = String, description = "`Basic`")),
            examples(("invalid_client" = (value = json!(told(Refusal::Client)))))
        )
    )
)]
#[post("/api/v1/oauth/token")]
pub async fn issue_client_token(
    app: web::Data<App>,
    request: HttpRequest,
    origin: Origin,
    asked: Asked,
) -> HttpResponse {
    issue(&app, &request, origin, asked).await.unwrap_or_else(|why| why.render_oauth())
}

async fn issue(app: &App, request: &HttpRequest, origin: Origin, asked: Asked) -> Result<HttpResponse, Problem> {
    let asked = asked.0?;
    let claimed = asked.as_ref().ok().map(|asked| edge::Subject::claimed(&asked.client_id));
    let granted = match asked {
        Ok(asked) => grant(app, asked).await?,
        Err(refusal) => Err(refusal),
    };
    Ok(match granted {
        Ok(token) => HttpResponse::Ok().insert_header((header::PRAGMA, "no-cache")).json(token),
        Err(refusal) => {
            if refusal == Refusal::Client {
                // The answer is no problem, so it is said here what it is.
                let problem = Problem::from(kinds::UNAUTHENTICATED).refused_as(SecurityEvent::SignInRefused, claimed);
                edge::refused(request, None, origin, &problem);
            }
            refuse(refusal)
        }
    })
}

async fn grant(app: &App, asked: TokenRequest) -> Result<Result<ClientToken, Refusal>, Problem> {
    let signer = app.keys.signer(&app.pool).await?;
    let now = app.now();
    let Some((client, owner)) = proven(app, &asked).await?.filter(|(client, _)| client.lives(now)) else {
        return Ok(Err(Refusal::Client));
    };
    let scope = match token_request::granted(asked.scopes, client.scopes) {
        Ok(scopes) => scopes.join(" "),
        Err(refusal) => return Ok(Err(refusal)),
    };
    changes::issue_client_token(app, client.id, &scope, now).await?;
    let subject = Subject {
        id: client.id,
        name: client.name,
        session: None,
        capacity: Capacity::Client { organisation: owner.id, name: owner.name },
        until: Some(client.expires_at),
        generation: client.generation,
        client: Some((client.client_id, scope.clone())),
    };
    let (access_token, expires_in) = app.keys.access_token(&signer, subject)?;
    Ok(Ok(ClientToken { access_token, token_type: "Bearer", expires_in, scope }))
}

/// The client with its organisation, if its secret is right.
async fn proven(app: &App, asked: &TokenRequest) -> Result<Option<(ApiClient, Organisation)>, Problem> {
    let Some(digest) = client_secret::digest(&asked.client_secret) else {
        return Ok(None);
    };
    let client = api_clients::by_client_id(&mut *app.pool.get().await?, &asked.client_id).await?;
    Ok(client.filter(|(client, _)| bool::from(client.secret_hash.ct_eq(&digest))))
}

fn refuse(refusal: Refusal) -> HttpResponse {
    let mut answer = HttpResponse::BadRequest();
    if refusal == Refusal::Client {
        answer = HttpResponse::Unauthorized();
        answer.insert_header((header::WWW_AUTHENTICATE, r#"Basic realm="motcua", charset="UTF-8""#));
    }
    answer.json(told(refusal))
}
