//! Asking for a code to choose a new password.

use actix_web::{post, web};
use chrono::{DateTime, Utc};
use civic::Email;
use edge::{Json, Origin, Problem, Reply};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{app::App, changes, domain::device::Device};

/// Whose password was forgotten.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPasswordReset {
    /// The address of the account, in any case.
    email: Email,
    /// `device` of an earlier sign-in on this device: what strangers ask for does not count for it.
    #[serde(default)]
    #[schema(max_length = 100)]
    device: Option<String>,
}

/// A reset that waits for its code.
#[derive(Serialize, ToSchema)]
pub struct PasswordResetView {
    /// Confirm with this.
    password_reset_id: Uuid,
    /// When the code stops working.
    expires_at: DateTime<Utc>,
}

/// Ask for a new password
///
/// Sends a six-digit code to the e-mail address, if it is an account's; confirm with it and a new password within 10 minutes. The
/// answer and the time that it takes are the same whether it is or not. A device or network address has five codes an hour sent to
/// one mailbox at most.
///
/// Takes no Idempotency-Key: asking again sends another code, and each works until it expires.
#[utoipa::path(
    operation_id = "start_password_reset",
    tag = "accounts",
    extensions(("x-guessable" = json!("always"))),
    request_body(content = NewPasswordReset, example = json!({"email": "an@example.vn"})),
    responses((status = 202, description = "If the address is an account's, a code is on its way", body = PasswordResetView))
)]
#[post("/api/v1/password-resets")]
pub async fn start_password_reset(
    app: web::Data<App>,
    origin: Origin,
    body: Json<NewPasswordReset>,
) -> Result<Reply, Problem> {
    let NewPasswordReset { email, device } = body.0;
    let device = device.as_deref().and_then(Device::read);
    let pending = changes::start_password_reset(&app, email, device.as_ref(), origin, app.now()).await?;
    Ok(Reply::accepted(&PasswordResetView { password_reset_id: pending.id, expires_at: pending.expires_at }))
}
