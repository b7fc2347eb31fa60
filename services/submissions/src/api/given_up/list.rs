//! `GET /api/v1/agencies/{agency}/given-up/submissions`

use actix_web::{get, web};
use backend::given_up::{self, GivenUpWork};
use civic::AgencyCode;
use edge::{Official, Problem, Reply, Supervise, kinds};

use crate::{app::App, error, store::given_up::OWNERS};

edge::failures![kinds::FORBIDDEN, error::AGENCY_NOT_FOUND];

/// List what stopped behind dossiers
///
/// Events and jobs of an agency's dossiers that failed until they were given up, the oldest first: a payment that was not noted, a deadline
/// that was not watched.
#[utoipa::path(
    operation_id = "list_given_up_submissions",
    tag = "dossiers",
    params(("agency" = AgencyCode, Path, description = "The agency")),
    responses((status = 200, description = "What was given up", body = GivenUpWork), Failures),
    security(("bearer" = []))
)]
#[get("/api/v1/agencies/{agency}/given-up/submissions")]
pub async fn list_given_up_submissions(
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
