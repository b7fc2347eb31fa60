//! The next pair of tokens for a refresh token.

use actix_web::{post, web};
use chrono::{DateTime, Utc};
use diesel_async::AsyncPgConnection;
use edge::{Json, Problem, Reply, audit};
use serde::Deserialize;
use utoipa::ToSchema;

use super::tokens::{Person, TokenPair, pair};
use crate::{
    app::App,
    domain::refresh_token::{RefreshToken, Verdict},
    error,
    store::{
        sessions::{self, Revoked, Session},
        users,
    },
};

/// The newest refresh token.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Refresh {
    /// As it was given last.
    #[schema(min_length = 1, max_length = 200)]
    refresh_token: String,
}

/// Refresh a session
///
/// A refresh token works once and gives its successor. Presented again within five seconds (two tabs, a lost answer), it
/// gives the same successor again; presented later it is taken for stolen, and the session ends. A session ends twelve
/// hours after signing in at the latest.
#[utoipa::path(
    operation_id = "refresh_session",
    tag = "sessions",
    request_body = Refresh,
    responses((status = 200, description = "The next pair", body = TokenPair))
)]
#[post("/api/v1/sessions/refresh")]
pub async fn refresh_session(app: web::Data<App>, body: Json<Refresh>) -> Result<Reply, Problem> {
    let token = RefreshToken::read(&body.0.refresh_token).ok_or(error::SESSION_OVER)?;
    let (signer, now) = (app.keys.signer(&app.pool).await?, app.now());
    let next = app.pool.transaction(async |conn| advance(&app, conn, &token, now).await).await?;
    let (person, successor) = next.ok_or(error::SESSION_OVER)?;
    Ok(Reply::ok(&pair(&app, &signer, person, &successor)?))
}

/// The successor, if there is to be one. `None` is not an error here: ending a stolen session must commit.
async fn advance(
    app: &App,
    conn: &mut AsyncPgConnection,
    token: &RefreshToken,
    now: DateTime<Utc>,
) -> Result<Option<(Person, RefreshToken)>, pg::Error> {
    let session = sessions::locked(conn, token.session).await?.filter(|session| session.lives(now));
    let Some(session) = session else {
        return Ok(None);
    };
    let successor = token.successor(&session.chain_key);
    match token.judge(&session.chain(), now) {
        Verdict::Current => sessions::replace(conn, &session, &successor.digest(), now).await?,
        Verdict::JustReplaced => {}
        Verdict::Forged => return Ok(None),
        Verdict::Reused => {
            end(app, conn, &session, Revoked::TokenReused, now).await?;
            return Ok(None);
        }
    }
    let Some(user) = users::open(conn, session.user_id).await? else {
        end(app, conn, &session, Revoked::AccountClosed, now).await?;
        return Ok(None);
    };
    let roles = users::roles(conn, user.id).await?;
    Ok(Some((Person { user, roles, session: session.id }, successor)))
}

async fn end(
    app: &App,
    conn: &mut AsyncPgConnection,
    session: &Session,
    why: Revoked,
    now: DateTime<Utc>,
) -> Result<(), pg::Error> {
    tracing::warn!(session_id = %session.id, why = why.as_str(), "a session was ended");
    sessions::revoke(conn, session.id, why, now).await?;
    let deed = audit::Deed {
        actor: None,
        action: "session.ended",
        subject_type: "session",
        subject_id: session.id.to_string(),
        detail: serde_json::json!({ "account_id": session.user_id, "why": why.as_str() }),
    };
    audit::record(conn, &app.life, deed).await
}
