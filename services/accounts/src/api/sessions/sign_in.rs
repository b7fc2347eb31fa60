//! Signing in with a password.

use actix_web::{post, web};
use chrono::{DateTime, Utc};
use civic::Email;
use edge::{Json, Problem, Reply};
use serde::Deserialize;
use utoipa::ToSchema;

use super::view::TokenPair;
use crate::{
    app::App,
    changes, error,
    passwords::DUMMY_HASH,
    store::{
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
    #[schema(format = Password, max_length = 1000, example = "motcua-demo-2026")]
    password: String,
}
edge::failures![error::CREDENTIALS_WRONG, error::SIGN_IN_PAUSED, error::SIGN_IN_BUSY, error::NO_CAPACITY];

/// Sign in
///
/// For citizens and officials alike. An unknown address and a wrong password get the same answer in the same time. After
/// five failures in a row an address waits, 5 seconds at first and twice as long each time, at most 15 minutes.
///
/// The person acts in the capacity used last, at first for herself (an official who is not identified as a citizen: in her
/// first post). The answer lists all that she holds, to change to.
///
/// Takes no Idempotency-Key: tokens are not stored, so they cannot be given again.
#[utoipa::path(
    operation_id = "sign_in",
    tag = "sessions",
    extensions(("x-guessable" = json!(true))),
    request_body(content = SignIn, example = json!({"email": "an@example.vn", "password": "motcua-demo-2026"})),
    responses((
        status = 201,
        description = "Signed in",
        body = TokenPair,
        headers(("Location" = String, description = "The session, to sign out of"))
    ), Failures)
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
    let (bearer, refresh) = changes::open_session(&app, user, &address, now).await?;
    Ok(Reply::created(&TokenPair::of(&app, &signer, bearer, &refresh)?, "/api/v1/sessions/current"))
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
