//! `POST /api/v1/differences/{id}/owner`

use actix_web::{post, web};
use edge::{Command, IdempotencyHeader, NoBody, Official, Problem, Reply, kinds};
use uuid::Uuid;

use super::{of_agency, view::DifferenceView};
use crate::{api::books::KeepBooks, app::App, changes::move_difference::take, error};

edge::failures![kinds::FORBIDDEN, error::DIFFERENCE_NOT_FOUND, error::DIFFERENCE_STATE];

/// Take a difference over
///
/// The official sees to it from now on, whoever did before.
#[utoipa::path(
    operation_id = "take_difference",
    tag = "books",
    params(("id" = Uuid, Path, description = "The difference"), IdempotencyHeader),
    responses((status = 200, description = "It is hers", body = DifferenceView), Failures),
    security(("bearer" = []))
)]
#[post("/api/v1/differences/{id}/owner")]
pub async fn take_difference(
    app: web::Data<App>,
    official: Official<KeepBooks>,
    id: web::Path<Uuid>,
    command: Command<NoBody>,
) -> Result<Reply, Problem> {
    command
        .once(&app.pool, official.caller.id, app.now(), async |conn, _| {
            let difference = of_agency(conn, &official, *id).await?;
            let difference = take(conn, &app, &official.caller, difference.id).await?;
            Ok(Reply::ok(&DifferenceView::of(conn, &app, difference).await?))
        })
        .await
}
