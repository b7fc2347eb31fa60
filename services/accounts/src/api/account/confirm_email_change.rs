//! Showing that the new e-mail address is one's own.

use actix_web::{post, web};
use edge::{Json, Person, Problem, Reply, kinds};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{api::codes, app::App, changes, domain::confirmation_code::Purpose, error, store::users};

/// The code from the letter.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EmailChangeConfirmation {
    /// Six digits, with blanks between them or without.
    #[schema(max_length = 200, example = "042137")]
    code: String,
}
edge::failures![kinds::FORBIDDEN, kinds::NOT_FOUND, error::CODE_WRONG, error::EMAIL_CHANGE_OVER];

/// Confirm another e-mail address
///
/// With the code from the letter to it. Five tries; then, or after 10 minutes, `email-change-over`: ask again. The address from before
/// is written to.
#[utoipa::path(
    operation_id = "confirm_email_change",
    tag = "accounts",
    params(("id" = Uuid, Path, description = "The change")),
    request_body(content = EmailChangeConfirmation, example = json!({"code": "042137"})),
    responses((status = 204, description = "The address is changed"), Failures),
    security(("bearer" = []))
)]
#[post("/api/v1/accounts/me/email-changes/{id}/confirmation")]
pub async fn confirm_email_change(
    app: web::Data<App>,
    caller: Person,
    id: web::Path<Uuid>,
    body: Json<EmailChangeConfirmation>,
) -> Result<Reply, Problem> {
    let (caller, id, now) = (caller.0, id.into_inner(), app.now());
    // Closed since the token was issued.
    users::open(&mut *app.pool.get().await?, caller.id).await?.ok_or(kinds::UNAUTHENTICATED)?;
    let what = codes::Pending { id, purpose: Purpose::EmailChange, owner: Some(caller.id) };
    codes::try_code(&app, &what, &body.0.code, now, error::EMAIL_CHANGE_OVER).await?;
    changes::change_email(&app, &caller, id, now).await?;
    Ok(Reply::no_content())
}
