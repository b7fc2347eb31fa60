//! Another code for who waits for the first.

use actix_web::{post, web};
use edge::{Command, NoBody, Origin, Problem, Reply, kinds};
use uuid::Uuid;

use super::start::RegistrationView;
use crate::{app::App, changes, error};

edge::failures![kinds::NOT_FOUND, error::CODES_PAUSED, error::REGISTRATION_OVER];

/// Send another code
///
/// What was typed begins a registration of its own, whose id is answered; confirm that with the new code. It is bounded as
/// `POST /api/v1/registrations` is, and says as little: beyond five an hour, and to who has an account, no code is sent. Possible until a day
/// after the code before expired.
#[utoipa::path(
    operation_id = "repeat_registration",
    tag = "registrations",
    params(("id" = Uuid, Path, description = "The registration"), edge::IdempotencyHeader),
    extensions(("x-guessable" = json!("always"))),
    responses((status = 202, description = "A code is on its way", body = RegistrationView), Failures)
)]
#[post("/api/v1/registrations/{id}/repetition")]
pub async fn repeat_registration(
    app: web::Data<App>,
    origin: Origin,
    id: web::Path<Uuid>,
    command: Command<NoBody>,
) -> Result<Reply, Problem> {
    let (id, now) = (id.into_inner(), app.now());
    let signer = app.keys.signer(&app.pool).await?;
    command
        .once(&app.pool, id, now, async |conn, _| {
            let begun = changes::repeat_registration(&app, conn, id, origin, signer.code_key(), now).await?;
            Ok(Reply::accepted(&RegistrationView { registration_id: begun.id, expires_at: begun.expires_at }))
        })
        .await
}
