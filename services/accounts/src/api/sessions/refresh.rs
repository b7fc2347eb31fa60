//! The next pair of tokens for a refresh token.

use actix_web::{post, web};
use edge::{Json, Problem, Reply};
use serde::Deserialize;
use utoipa::ToSchema;

use super::view::TokenPair;
use crate::{app::App, changes, domain::refresh_token::RefreshToken, error};

/// The newest refresh token.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Refresh {
    /// As it was given last.
    #[schema(min_length = 1, max_length = 200)]
    refresh_token: String,
}

edge::failures![error::SESSION_OVER];

/// Refresh a session
///
/// A refresh token works once and gives its successor. Presented again within five seconds (two tabs, a lost answer), it
/// gives the same successor again; presented later it is taken for stolen, and the session ends. A session ends twelve
/// hours after signing in at the latest, and when the post or the membership has ended that it acts in.
#[utoipa::path(
    operation_id = "refresh_session",
    tag = "sessions",
    request_body(content = Refresh, example = json!({"refresh_token": "as-it-was-given-last"})),
    responses((status = 200, description = "The next pair", body = TokenPair), Failures)
)]
#[post("/api/v1/sessions/refresh")]
pub async fn refresh_session(app: web::Data<App>, body: Json<Refresh>) -> Result<Reply, Problem> {
    let token = RefreshToken::read(&body.0.refresh_token).ok_or(error::SESSION_OVER)?;
    let (signer, now) = (app.keys.signer(&app.pool).await?, app.now());
    let (bearer, successor) = changes::refresh_session(&app, &token, now).await?.ok_or(error::SESSION_OVER)?;
    Ok(Reply::ok(&TokenPair::of(&app, &signer, bearer, &successor)?))
}
