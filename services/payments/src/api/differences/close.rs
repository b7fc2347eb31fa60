//! `POST /api/v1/differences/{id}/closing`

use actix_web::{post, web};
use edge::{Command, IdempotencyHeader, Official, Problem, Reply, kinds, written};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{of_agency, view::DifferenceView};
use crate::{
    api::books::KeepBooks,
    app::App,
    changes::move_difference::{Closing, close},
    domain::difference::Resolution,
    error,
};

/// How a difference ends.
#[derive(Deserialize, ToSchema)]
#[schema(as = DifferenceClosing)]
#[serde(deny_unknown_fields)]
pub struct NewClosing {
    /// Whether money is booked.
    resolution: Resolution,
    /// Why: 10 to 1000 characters, counted as composed.
    #[schema(max_length = 4000)]
    reason: String,
    /// Where that can be seen: 3 to 200 characters.
    #[schema(max_length = 800)]
    proof: String,
}

edge::failures![kinds::FORBIDDEN, error::DIFFERENCE_NOT_FOUND, error::DIFFERENCE_STATE, error::DIFFERENCE_NOT_BOOKABLE,];

/// Close a difference
///
/// With a reason and proof. An explanation that books no money ends it at once; money is booked when another official agrees.
#[utoipa::path(
    operation_id = "close_difference",
    tag = "books",
    params(("id" = Uuid, Path, description = "The difference"), IdempotencyHeader),
    request_body(content = NewClosing, example = json!({
        "resolution": "EXPLAINED", "reason": "VNPAY đã xác nhận dòng này là giao dịch thử.", "proof": "Công văn 12/VNPAY",
    })),
    responses((status = 200, description = "It is closed, or waits for the second official", body = DifferenceView), Failures),
    security(("bearer" = []))
)]
#[post("/api/v1/differences/{id}/closing")]
pub async fn close_difference(
    app: web::Data<App>,
    official: Official<KeepBooks>,
    id: web::Path<Uuid>,
    command: Command<NewClosing>,
) -> Result<Reply, Problem> {
    command
        .once(&app.pool, official.caller.id, app.now(), async |conn, body| {
            let reason = written("reason", &body.reason, 10, 1000)?;
            let proof = written("proof", &body.proof, 3, 200)?;
            let difference = of_agency(conn, &official, *id).await?;
            let closing = Closing { resolution: body.resolution, reason, proof };
            let difference = close(conn, &app, &official.caller, difference.id, closing).await?;
            Ok(Reply::ok(&DifferenceView::of(conn, &app, difference).await?))
        })
        .await
}
