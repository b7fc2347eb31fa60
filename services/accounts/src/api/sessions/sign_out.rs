//! Signing out.

use actix_web::{delete, web};
use edge::{Problem, Reply, SignedIn, kinds};

use crate::{app::App, changes};

edge::failures![kinds::FORBIDDEN];

/// Sign out
///
/// Ends the session of this access token: its refresh token works no more, and within a second its access tokens open nothing. API
/// clients have no session.
#[utoipa::path(
    operation_id = "sign_out",
    tag = "sessions",
    responses((status = 204, description = "Signed out"), Failures),
    security(("bearer" = []))
)]
#[delete("/api/v1/sessions/current")]
pub async fn sign_out(app: web::Data<App>, caller: SignedIn) -> Result<Reply, Problem> {
    let caller = caller.0;
    let session = caller.session.ok_or(kinds::FORBIDDEN)?;
    changes::sign_out(&app, &caller, session).await?;
    Ok(Reply::no_content())
}
