//! Another password.

use actix_web::{put, web};
use edge::{Json, Person, Problem, Reply, kinds};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    api::passwords::{self, prove},
    app::App,
    changes, error,
};

/// The password that is, and the one that shall be.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PasswordChange {
    /// The password that works now.
    #[schema(format = Password, max_length = 1000, example = "motcua-demo-2026")]
    current_password: String,
    /// The new one: as when registering.
    #[schema(format = Password, max_length = 1000, example = "canh chua cá lóc")]
    password: String,
}
edge::failures![kinds::FORBIDDEN, error::PASSWORD_WRONG, error::SIGN_IN_PAUSED, error::SIGN_IN_BUSY];

/// Change the password
///
/// All other sessions of the account end, and its owner is written to. Wrong ones are counted by session, as when signing in.
#[utoipa::path(
    operation_id = "change_password",
    tag = "accounts",
    request_body(content = PasswordChange, example = json!({
        "current_password": "motcua-demo-2026", "password": "canh chua cá lóc",
    })),
    responses((status = 204, description = "The new password works"), Failures),
    security(("bearer" = []))
)]
#[put("/api/v1/accounts/me/password")]
pub async fn change_password(
    app: web::Data<App>,
    caller: Person,
    body: Json<PasswordChange>,
) -> Result<Reply, Problem> {
    let (caller, now) = (caller.0, app.now());
    let PasswordChange { current_password, password } = body.0;
    let proven = prove(&app, &caller, current_password, now).await?;
    passwords::check(&password, &proven.user)?;
    let hash = app.passwords.hash(password).await?;
    changes::change_password(&app, &caller, &proven.phc, &hash, now).await?;
    Ok(Reply::no_content())
}
