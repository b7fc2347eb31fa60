//! `POST /api/v1/differences/{id}/approval`

use actix_web::{post, web};
use edge::{Command, IdempotencyHeader, NoBody, Official, Problem, Reply, kinds};
use uuid::Uuid;

use super::{of_agency, view::DifferenceView};
use crate::{api::refunds::DecideRefunds, app::App, changes::move_difference::approve, error};

edge::failures![
    kinds::FORBIDDEN,
    error::DIFFERENCE_NOT_FOUND,
    error::DIFFERENCE_STATE,
    error::DIFFERENCE_NOT_BOOKABLE,
    error::SECOND_OFFICIAL_CLOSES,
];

/// Agree that money is booked
///
/// A second official agrees: the money is booked as the statement says, and the payer is told where it is not what she owed.
#[utoipa::path(
    operation_id = "approve_difference",
    tag = "books",
    params(("id" = Uuid, Path, description = "The difference"), IdempotencyHeader),
    responses((status = 200, description = "It is booked", body = DifferenceView), Failures),
    security(("bearer" = []))
)]
#[post("/api/v1/differences/{id}/approval")]
pub async fn approve_difference(
    app: web::Data<App>,
    official: Official<DecideRefunds>,
    id: web::Path<Uuid>,
    command: Command<NoBody>,
) -> Result<Reply, Problem> {
    command
        .once(&app.pool, official.caller.id, app.now(), async |conn, _| {
            let difference = of_agency(conn, &official, *id).await?;
            let difference = approve(conn, &app, &official.caller, difference.id).await?;
            Ok(Reply::ok(&DifferenceView::of(conn, &app, difference).await?))
        })
        .await
}
