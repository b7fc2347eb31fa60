//! `POST /api/v1/differences/{id}/refusal`

use actix_web::{post, web};
use edge::{Command, IdempotencyHeader, NoBody, Official, Problem, Reply, kinds};
use uuid::Uuid;

use super::{of_agency, view::DifferenceView};
use crate::{api::refunds::DecideRefunds, app::App, changes::move_difference::refuse, error};

edge::failures![kinds::FORBIDDEN, error::DIFFERENCE_NOT_FOUND, error::DIFFERENCE_STATE, error::SECOND_OFFICIAL_CLOSES,];

/// Do not agree that money is booked
///
/// A second official does not agree: the difference waits again.
#[utoipa::path(
    operation_id = "refuse_difference",
    tag = "books",
    params(("id" = Uuid, Path, description = "The difference"), IdempotencyHeader),
    responses((status = 200, description = "It waits again", body = DifferenceView), Failures),
    security(("bearer" = []))
)]
#[post("/api/v1/differences/{id}/refusal")]
pub async fn refuse_difference(
    app: web::Data<App>,
    official: Official<DecideRefunds>,
    id: web::Path<Uuid>,
    command: Command<NoBody>,
) -> Result<Reply, Problem> {
    command
        .once(&app.pool, official.caller.id, app.now(), async |conn, _| {
            let difference = of_agency(conn, &official, *id).await?;
            let difference = refuse(conn, &app, &official.caller, difference.id).await?;
            Ok(Reply::ok(&DifferenceView::of(conn, &app, difference).await?))
        })
        .await
}
