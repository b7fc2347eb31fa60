//! Closing one's account.

use actix_web::{post, web};
use edge::{Json, Person, Problem, Reply, kinds};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{api::passwords::prove, app::App, changes, error};

/// That it is meant.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Closure {
    /// The password that works now.
    #[schema(format = Password, max_length = 1000, example = "motcua-demo-2026")]
    password: String,
}
edge::failures![kinds::FORBIDDEN, error::PASSWORD_WRONG, error::SIGN_IN_PAUSED, error::SIGN_IN_BUSY, error::HOLDS_POST];

/// Close the account
///
/// Takes the password. All sessions end and nobody signs in to it any more; dossiers that were submitted are still decided on. The
/// address and the citizen number may be registered anew. Not while the person serves at an agency.
#[utoipa::path(
    operation_id = "close_account",
    tag = "accounts",
    request_body(content = Closure, example = json!({"password": "motcua-demo-2026"})),
    responses((status = 204, description = "The account is closed"), Failures),
    security(("bearer" = []))
)]
#[post("/api/v1/accounts/me/closure")]
pub async fn close_account(app: web::Data<App>, caller: Person, body: Json<Closure>) -> Result<Reply, Problem> {
    let (caller, now) = (caller.0, app.now());
    prove(&app, &caller, body.0.password, now).await?;
    changes::close_account(&app, &caller, now).await?;
    Ok(Reply::no_content())
}
