//! Signing in with a password.

use actix_web::{post, web};
use chrono::{DateTime, Utc};
use civic::Email;
use diesel_async::AsyncPgConnection;
use edge::{Json, Problem, Reply, audit};
use serde::Deserialize;
use utoipa::ToSchema;

use super::tokens::{Person, TokenPair, pair};
use crate::{
    app::App,
    domain::refresh_token::RefreshToken,
    error,
    passwords::DUMMY_HASH,
    store::{
        sessions::{self, Session},
        sign_in_failures::{self, Attempt},
        users::{self, User},
    },
};

/// Who wants in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    /// The address of the account, in any case.
    email: Email,
    /// Every character counts. Which way a keyboard composed them does not (Unicode NFC).
    #[schema(format = Password, max_length = 128, example = "motcua-demo-2026")]
    password: String,
}

/// Sign in
///
/// For citizens and officials alike. An unknown address and a wrong password get the same answer in the same time. After
/// five failures in a row an address waits, 5 seconds at first and twice as long each time, at most 15 minutes.
///
/// Takes no Idempotency-Key: tokens are not stored, so they cannot be given again.
#[utoipa::path(
    operation_id = "sign_in",
    tag = "sessions",
    extensions(("x-guessable" = json!(true))),
    request_body = SignIn,
    responses((
        status = 201,
        description = "Signed in",
        body = TokenPair,
        headers(("Location" = String, description = "The session, to sign out of"))
    ))
)]
#[post("/api/v1/sessions")]
pub async fn sign_in(app: web::Data<App>, body: Json<SignIn>) -> Result<Reply, Problem> {
    let SignIn { email, password } = body.0;
    let (address, now) = (sign_in_failures::address(email.as_str()), app.now());
    let signer = app.keys.signer(&app.pool).await?;
    let (attempt, found) = look(&app, &email, &address, now).await?;
    let (user, phc) = found.map_or((None, DUMMY_HASH.to_owned()), |(user, phc)| (Some(user), phc));
    let right = app.passwords.verify(password, phc).await?;
    let Some(user) = user.filter(|_| right) else {
        if attempt == Attempt::Free {
            app.pool.transaction(async |conn| sign_in_failures::count(conn, &address, now).await).await?;
        }
        return Err(error::CREDENTIALS_WRONG.into());
    };
    let (person, refresh) = app.pool.transaction(async |conn| open(&app, conn, user, &address, now).await).await?;
    Ok(Reply::created(&pair(&app, &signer, person, &refresh)?, "/api/v1/sessions/current"))
}

async fn look(
    app: &App,
    email: &Email,
    address: &[u8],
    now: DateTime<Utc>,
) -> Result<(Attempt, Option<(User, String)>), Problem> {
    let mut conn = app.pool.get().await?;
    let attempt = sign_in_failures::admit(&mut conn, address, now).await?.map_err(|until| {
        let seconds = u32::try_from((until - now).num_seconds()).unwrap_or(0).max(1);
        Problem::from(error::SIGN_IN_PAUSED).retry_after(seconds)
    })?;
    Ok((attempt, users::by_email(&mut conn, email.as_str()).await?))
}

async fn open(
    app: &App,
    conn: &mut AsyncPgConnection,
    user: User,
    address: &[u8],
    now: DateTime<Utc>,
) -> Result<(Person, RefreshToken), pg::Error> {
    sign_in_failures::forget(conn, address).await?;
    let (id, chain_key) = (app.life.new_id(), app.life.random.bytes::<32>());
    let refresh = RefreshToken::first(id, &chain_key, app.life.random.bytes());
    let session = Session {
        id,
        user_id: user.id,
        chain_key: chain_key.to_vec(),
        current_hash: refresh.digest(),
        previous_hash: None,
        replaced_at: None,
        created_at: now,
        expires_at: now + app.session_life,
        revoked_at: None,
    };
    sessions::insert(conn, &session).await?;
    let deed = audit::Deed {
        actor: None,
        action: "session.opened",
        subject_type: "session",
        subject_id: id.to_string(),
        detail: serde_json::json!({ "account_id": user.id }),
    };
    audit::record(conn, &app.life, deed).await?;
    let roles = users::roles(conn, user.id).await?;
    Ok((Person { user, roles, session: id }, refresh))
}
