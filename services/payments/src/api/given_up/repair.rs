//! `POST /api/v1/agencies/{agency}/given-up/payments/{id}/repair`

use actix_web::{post, web};
use backend::given_up::{self, GivenUpRepair, GivenUpRepaired};
use civic::AgencyCode;
use edge::{Command, IdempotencyHeader, Official, Problem, Reply, Unstick, kinds};
use uuid::Uuid;

use crate::{app::App, error, store::given_up::OWNERS};

edge::failures![kinds::FORBIDDEN, error::AGENCY_NOT_FOUND, given_up::NOT_FOUND];

/// Repair what stopped behind a payment
///
/// It is tried again, or somebody has seen to it and says how: then it is not tried any more.
#[utoipa::path(
    operation_id = "repair_given_up_payments",
    tag = "payments",
    params(
        ("agency" = AgencyCode, Path, description = "The agency"),
        ("id" = Uuid, Path, description = "The event or job"),
        IdempotencyHeader,
    ),
    request_body(content = GivenUpRepair, example = json!({"repair": "TAKE_AS_HANDLED", "reason": "Đã đối chiếu với sao kê của ngân hàng."})),
    responses((status = 200, description = "What was done", body = GivenUpRepaired), Failures),
    security(("bearer" = []))
)]
#[post("/api/v1/agencies/{agency}/given-up/payments/{id}/repair")]
pub async fn repair_given_up_payments(
    app: web::Data<App>,
    official: Official<Unstick>,
    path: web::Path<(AgencyCode, Uuid)>,
    command: Command<GivenUpRepair>,
) -> Result<Reply, Problem> {
    let (agency, id) = path.into_inner();
    if !official.agencies().contains(&agency) {
        return Err(error::AGENCY_NOT_FOUND.into());
    }
    command
        .once(&app.pool, official.caller.id, app.life.clock.now(), async |conn, asked| {
            let by = (&agency, &official.caller);
            let (repaired, _) = given_up::repair(conn, &app.life, OWNERS, by, id, asked).await?;
            Ok(Reply::ok(&repaired))
        })
        .await
}
