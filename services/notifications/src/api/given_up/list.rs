//! `GET /api/v1/agencies/{agency}/given-up/notifications`

use actix_web::{get, web};
use backend::given_up::{self, GivenUpWork};
use civic::AgencyCode;
use edge::{Official, Problem, Reply, Supervise, kinds};

use crate::{app::App, error, store::given_up::OWNERS};

edge::failures![kinds::FORBIDDEN, error::AGENCY_NOT_FOUND];

/// List messages refused
///
/// E-mails and SMS about an agency's dossiers, and alerts to its officials, that were refused or put off for days; and events that nobody was
/// written to about. The oldest first.
#[utoipa::path(
    operation_id = "list_given_up_notifications",
    tag = "messages",
    params(("agency" = AgencyCode, Path, description = "The agency")),
    responses((status = 200, description = "What was given up", body = GivenUpWork), Failures),
    security(("bearer" = []))
)]
#[get("/api/v1/agencies/{agency}/given-up/notifications")]
pub async fn list_given_up_notifications(
    app: web::Data<App>,
    official: Official<Supervise>,
    agency: web::Path<AgencyCode>,
) -> Result<Reply, Problem> {
    if !official.agencies().contains(&agency) {
        return Err(error::AGENCY_NOT_FOUND.into());
    }
    let work = given_up::list(&mut *app.pool.get().await?, OWNERS, &agency, &official.caller).await?;
    Ok(Reply::ok(&work))
}
