//! Acting in another capacity.

use actix_web::{put, web};
use edge::{Json, Person, Problem, Reply, kinds};
use serde::Deserialize;
use utoipa::ToSchema;

use super::view::SwitchedToken;
use crate::{app::App, changes, error};

/// As whom to act.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Switch {
    /// The `id` of a capacity that the person holds.
    #[schema(min_length = 1, max_length = 60, pattern = "^[A-Z]+(:[A-Za-z0-9.-]+)?$", example = "SELF")]
    capacity: String,
}

edge::failures![kinds::FORBIDDEN, error::SESSION_OVER, error::CAPACITY_NOT_HELD];

/// Change the capacity
///
/// From now on this session acts in it: the access token of the answer at once, and every one that its refresh token gives.
/// The access token from before goes on in the old capacity until it expires. One that the person does not hold is refused.
/// The next sign-in begins in the capacity used last.
///
/// Takes no Idempotency-Key: tokens are not stored, and asking again changes nothing.
#[utoipa::path(
    operation_id = "switch_capacity",
    tag = "sessions",
    request_body(content = Switch, example = json!({"capacity": "SELF"})),
    responses((status = 200, description = "The access token to go on with", body = SwitchedToken), Failures),
    security(("bearer" = []))
)]
#[put("/api/v1/sessions/current/capacity")]
pub async fn switch_capacity(app: web::Data<App>, caller: Person, body: Json<Switch>) -> Result<Reply, Problem> {
    let session = caller.0.session.ok_or(kinds::FORBIDDEN)?;
    let signer = app.keys.signer(&app.pool).await?;
    // Where the law asks for a fresh proof of the person before she acts in a post, it is asked for here.
    let bearer = changes::switch_capacity(&app, &caller.0, session, &body.0.capacity).await?;
    Ok(Reply::ok(&SwitchedToken::of(&app, &signer, bearer)?))
}
