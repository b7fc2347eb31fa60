//! `GET /api/v1/waivers/{id}`

use actix_web::{get, web};
use edge::{Official, Problem, Reply, kinds};
use uuid::Uuid;

use super::{of_agency, view::WaiverView};
use crate::{api::refunds::SeeMoney, app::App, error};

edge::failures![kinds::FORBIDDEN, error::WAIVER_NOT_FOUND];

/// Read a waiver
///
/// Why a payer is freed from a fee, by which paper, and who decided, to the officials of its agency.
#[utoipa::path(
    operation_id = "get_waiver",
    tag = "waivers",
    params(("id" = Uuid, Path, description = "The waiver")),
    responses((status = 200, description = "The waiver", body = WaiverView, headers(
        ("ETag" = String, description = "Its version, for `If-Match`"),
    )), Failures),
    security(("bearer" = []))
)]
#[get("/api/v1/waivers/{id}")]
pub async fn get_waiver(
    app: web::Data<App>,
    official: Official<SeeMoney>,
    id: web::Path<Uuid>,
) -> Result<Reply, Problem> {
    let waiver = of_agency(&mut *app.pool.get().await?, &official, *id).await?;
    Ok(WaiverView::reply(waiver))
}
