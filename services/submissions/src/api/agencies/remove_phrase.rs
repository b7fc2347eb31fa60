//! `DELETE /api/v1/agencies/{agency}/phrases/{phrase_id}`

use actix_web::{delete, web};
use civic::AgencyCode;
use edge::{Administer, Official, Problem, Reply, kinds};
use uuid::Uuid;

use crate::{app::App, changes::keep_phrases, error};

edge::failures![kinds::FORBIDDEN, error::AGENCY_NOT_FOUND, error::PHRASE_NOT_FOUND];

/// Remove a phrase
///
/// It is not offered any more. What was written with it stays.
#[utoipa::path(
    operation_id = "remove_phrase",
    tag = "dossiers",
    params(
        ("agency" = AgencyCode, Path, description = "The agency"),
        ("phrase_id" = Uuid, Path, description = "The phrase"),
    ),
    responses((status = 204, description = "It is gone"), Failures),
    security(("bearer" = []))
)]
#[delete("/api/v1/agencies/{agency}/phrases/{phrase_id}")]
pub async fn remove_phrase(
    app: web::Data<App>,
    official: Official<Administer>,
    path: web::Path<(AgencyCode, Uuid)>,
) -> Result<Reply, Problem> {
    let (agency, id) = path.into_inner();
    if !official.agencies().contains(&agency) {
        return Err(error::AGENCY_NOT_FOUND.into());
    }
    app.pool.transaction(async |conn| keep_phrases::remove_phrase(&app, conn, &agency, &official, id).await).await?;
    Ok(Reply::no_content())
}
