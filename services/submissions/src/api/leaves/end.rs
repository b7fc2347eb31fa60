//! `DELETE /api/v1/agencies/{agency}/leaves/{id}`

use actix_web::{delete, web};
use civic::AgencyCode;
use edge::{Official, Problem, Reply, kinds};
use uuid::Uuid;

use crate::{
    app::App,
    changes::{duties::NotesLeaves, note_leave::end_leave as end},
    error,
};

edge::failures![kinds::FORBIDDEN, error::AGENCY_NOT_FOUND, error::ROLE_MISSING];

/// Take a leave back
///
/// From now on it does not hold, as it may not have before: by the official who is away, or by who keeps the agency's settings.
#[utoipa::path(
    operation_id = "end_leave",
    tag = "leaves",
    params(
        ("agency" = AgencyCode, Path, description = "The agency"),
        ("id" = Uuid, Path, description = "The leave"),
    ),
    responses((status = 204, description = "It does not hold any more"), Failures),
    security(("bearer" = []))
)]
#[delete("/api/v1/agencies/{agency}/leaves/{id}")]
pub async fn end_leave(
    app: web::Data<App>,
    official: Official<NotesLeaves>,
    path: web::Path<(AgencyCode, Uuid)>,
) -> Result<Reply, Problem> {
    let (agency, id) = path.into_inner();
    if !official.agencies().contains(&agency) {
        return Err(error::AGENCY_NOT_FOUND.into());
    }
    app.pool.transaction(async |conn| end(&app, conn, &agency, id, &official).await).await?;
    Ok(Reply::no_content())
}
