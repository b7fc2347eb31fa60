//! Confirming the e-mail address: the account exists from here on.

use actix_web::{post, web};
use edge::{Command, Problem, Reply, kinds};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{api::codes, app::App, changes, domain::confirmation_code::Purpose, error};

/// The code from the letter.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Confirmation {
    /// Six digits, with blanks between them or without.
    #[schema(max_length = 200, example = "042137")]
    code: String,
}

/// A new account.
#[derive(Serialize, ToSchema)]
pub struct ConfirmationView {
    /// The account.
    account_id: Uuid,
}
edge::failures![kinds::NOT_FOUND, error::CODE_WRONG, error::REGISTRATION_OVER];

/// Confirm a registration
///
/// With the code from the letter. Five tries, wrong ones counted even when they come at once; then, or after 10 minutes,
/// `registration-over`: start again.
#[utoipa::path(
    operation_id = "confirm_registration",
    tag = "registrations",
    extensions(("x-guessable" = json!(true))),
    params(("id" = Uuid, Path, description = "The registration"), edge::IdempotencyHeader),
    request_body(content = Confirmation, example = json!({"code": "042137"})),
    responses((
        status = 201,
        description = "The account exists; sign in with the e-mail address and the password",
        body = ConfirmationView,
        headers(("Location" = String, description = "Where the account is read"))
    ), Failures)
)]
#[post("/api/v1/registrations/{id}/confirmation")]
pub async fn confirm_registration(
    app: web::Data<App>,
    id: web::Path<Uuid>,
    command: Command<Confirmation>,
) -> Result<Reply, Problem> {
    let (id, now) = (id.into_inner(), app.now());
    let what = codes::Pending { id, purpose: Purpose::Registration, owner: None };
    codes::try_code(&app, &what, &command.body.code, now, error::REGISTRATION_OVER).await?;
    command
        .once(&app.pool, id, now, async |conn, _| {
            let account_id = changes::confirm_registration(&app, conn, id, now).await?;
            Ok(Reply::created(&ConfirmationView { account_id }, "/api/v1/accounts/me"))
        })
        .await
}
