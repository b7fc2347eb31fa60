//! Asking for another e-mail address.

use actix_web::{post, web};
use chrono::{DateTime, Utc};
use civic::Email;
use edge::{Json, Person, Problem, Reply, kinds};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{api::passwords::prove, app::App, changes, error};

/// The address that shall be.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewEmailChange {
    /// The code goes here; later the name to sign in with.
    email: Email,
    /// The password that works now.
    #[schema(format = Password, max_length = 1000, example = "motcua-demo-2026")]
    password: String,
}

/// A change that waits for its code.
#[derive(Serialize, ToSchema)]
pub struct EmailChangeView {
    /// Confirm with this.
    email_change_id: Uuid,
    /// When the code stops working.
    expires_at: DateTime<Utc>,
}
edge::failures![
    kinds::FORBIDDEN,
    error::PASSWORD_WRONG,
    error::CODES_PAUSED,
    error::SIGN_IN_PAUSED,
    error::SIGN_IN_BUSY
];

/// Ask for another e-mail address
///
/// Takes the password and sends a six-digit code to the new address; confirm with it within 10 minutes. If the address is an account's
/// already, the answer is the same, no code is sent and its owner is written to.
///
/// Takes no Idempotency-Key: asking again sends another code, five an hour at most. Of ten addresses an hour that are not confirmed the
/// next is refused: `codes-paused`.
#[utoipa::path(
    operation_id = "start_email_change",
    tag = "accounts",
    request_body(content = NewEmailChange, example = json!({"email": "an.moi@example.vn", "password": "motcua-demo-2026"})),
    responses((status = 202, description = "A code is on its way", body = EmailChangeView), Failures),
    security(("bearer" = []))
)]
#[post("/api/v1/accounts/me/email-changes")]
pub async fn start_email_change(
    app: web::Data<App>,
    caller: Person,
    body: Json<NewEmailChange>,
) -> Result<Reply, Problem> {
    let now = app.now();
    let NewEmailChange { email, password } = body.0;
    let proven = prove(&app, &caller.0, password, now).await?;
    let signer = app.keys.signer(&app.pool).await?;
    let pending = changes::start_email_change(&app, &proven.user, email, signer.code_key(), now).await?;
    Ok(Reply::accepted(&EmailChangeView { email_change_id: pending.id, expires_at: pending.expires_at }))
}
