//! Signing in with a password.

use actix_web::{post, web};
use civic::Email;
use edge::{GuessesSpent, Json, Origin, Problem, Reply, SecurityEvent, Subject};
use serde::Deserialize;
use utoipa::ToSchema;

use super::view::TokenPair;
use crate::{
    app::App,
    changes,
    domain::device::Device,
    error,
    passwords::DUMMY_HASH,
    store::users::{self, User},
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
    /// `device` of an earlier sign-in on this device: strangers who guess cannot make it wait.
    #[serde(default)]
    #[schema(max_length = 100)]
    device: Option<String>,
}
edge::failures![error::CREDENTIALS_WRONG, error::SIGN_IN_PAUSED, error::SIGN_IN_BUSY, error::NO_CAPACITY];

/// Sign in
///
/// For citizens and officials alike. An unknown address and a wrong password get the same answer in the same time. After
/// five failures in a row at one account a network address waits there, 5 seconds at first and twice as long each time, at most
/// 15 minutes. A device that signed in before and shows its `device` is counted by itself: whatever strangers guess, it gets in.
///
/// The person acts in the capacity used last, at first for herself (an official who is not identified as a citizen: in her
/// first post). The answer lists all that she holds, to change to.
///
/// Takes no Idempotency-Key: tokens are not stored, so they cannot be given again.
#[utoipa::path(
    operation_id = "sign_in",
    tag = "sessions",
    extensions(("x-guessable" = json!(true)), ("x-knows-devices" = json!(true))),
    request_body(content = SignIn, example = json!({"email": "an@example.vn", "password": "motcua-demo-2026"})),
    responses((
        status = 201,
        description = "Signed in",
        body = TokenPair,
        headers(("Location" = String, description = "The session, to sign out of"))
    ), Failures)
)]
#[post("/api/v1/sessions")]
pub async fn sign_in(
    app: web::Data<App>,
    origin: Origin,
    spent: GuessesSpent,
    body: Json<SignIn>,
) -> Result<Reply, Problem> {
    let who = body.0;
    let found = users::by_email(&mut *app.pool.get().await?, who.email.as_str()).await?;
    let claimed = match &found {
        Some((user, _)) => Subject::account(user.id),
        None => Subject::claimed(who.email.as_str()),
    };
    let entered = enter(&app, (origin, spent), who, found).await;
    entered.map_err(|why| why.refused_as(SecurityEvent::SignInRefused, Some(claimed)))
}

async fn enter(
    app: &App,
    (origin, spent): (Origin, GuessesSpent),
    who: SignIn,
    found: Option<(User, String)>,
) -> Result<Reply, Problem> {
    let SignIn { email, password, device } = who;
    let (device, now) = (device.as_deref().and_then(Device::read), app.now());
    let signer = app.keys.signer(&app.pool).await?;
    // Committed before the password is looked at: of many guesses at once no more are compared than are free.
    let attempt = changes::charge_sign_in(app, email.as_str(), device.as_ref(), (origin, spent), now).await?;
    let (user, phc) = found.map_or((None, DUMMY_HASH.to_owned()), |(user, phc)| (Some(user), phc));
    let right = match app.passwords.verify(password, phc.clone()).await {
        Ok(right) => right,
        Err(busy) => {
            changes::give_back_sign_in(app, &attempt, now).await?;
            return Err(busy);
        }
    };
    let user = user.filter(|_| right).ok_or(error::CREDENTIALS_WRONG)?;
    let (bearer, refresh, device) = changes::open_session(app, user.id, &phc, &attempt, device, now).await?;
    let pair = TokenPair::of(app, &signer, bearer, &refresh)?.with_device(&device);
    Ok(Reply::created(&pair, "/api/v1/sessions/current"))
}
