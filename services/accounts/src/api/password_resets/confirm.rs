//! Choosing a new password with the code from the letter.

use actix_web::{post, web};
use edge::{Json, Problem, Reply, kinds};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    api::{codes, passwords},
    app::App,
    changes,
    domain::confirmation_code::Purpose,
    error,
    store::{confirmations, users},
};

/// The code from the letter, and what the password shall be.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PasswordResetConfirmation {
    /// Six digits, with blanks between them or without.
    #[schema(max_length = 200, example = "042137")]
    code: String,
    /// The new password: as when registering.
    #[schema(format = Password, max_length = 1000, example = "canh chua cá lóc")]
    password: String,
}

/// The password is changed.
#[derive(Serialize, ToSchema)]
pub struct PasswordResetDone {
    /// What makes this device known; show it at the next sign-in.
    device: String,
}
edge::failures![kinds::NOT_FOUND, error::CODE_WRONG, error::PASSWORD_RESET_OVER, error::SIGN_IN_BUSY];

/// Choose a new password
///
/// With the code from the letter. Five tries, wrong ones counted even when they come at once; then, or after 10 minutes,
/// `password-reset-over`: ask again. All sessions of the account end, and its owner is written to. A password that is refused for
/// what it is costs no try.
#[utoipa::path(
    operation_id = "confirm_password_reset",
    tag = "accounts",
    extensions(("x-guessable" = json!(true))),
    params(("id" = Uuid, Path, description = "The reset")),
    request_body(content = PasswordResetConfirmation, example = json!({"code": "042137", "password": "canh chua cá lóc"})),
    responses((status = 200, description = "The new password works", body = PasswordResetDone), Failures)
)]
#[post("/api/v1/password-resets/{id}/confirmation")]
pub async fn confirm_password_reset(
    app: web::Data<App>,
    id: web::Path<Uuid>,
    body: Json<PasswordResetConfirmation>,
) -> Result<Reply, Problem> {
    let (id, now) = (id.into_inner(), app.now());
    let PasswordResetConfirmation { code, password } = body.0;
    passwords::check_for_anybody(&password)?;
    let what = codes::Pending { id, purpose: Purpose::PasswordReset, owner: None };
    let pending = codes::try_code(&app, &what, &code, now, error::PASSWORD_RESET_OVER).await?;
    let user = pending.user_id.ok_or(error::PASSWORD_RESET_OVER)?;
    let user = users::open(&mut *app.pool.get().await?, user).await?.ok_or(error::PASSWORD_RESET_OVER)?;
    let chosen = async {
        passwords::check(&password, &user)?;
        app.passwords.hash(password).await
    };
    let hash = match chosen.await {
        Ok(hash) => hash,
        Err(refused) => {
            confirmations::give_back_try(&mut *app.pool.get().await?, id).await?;
            return Err(refused);
        }
    };
    let device = changes::reset_password(&app, id, user.id, &hash, now).await?;
    Ok(Reply::ok(&PasswordResetDone { device: device.text() }))
}
