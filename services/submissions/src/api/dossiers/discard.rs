//! `DELETE /api/v1/dossiers/{id}`

use actix_web::{delete, web};
use edge::{Applicant, IfMatch, OptionalIfMatchHeader, Problem, Reply, kinds};
use uuid::Uuid;

use crate::{app::App, changes::discard::discard, error};

edge::failures![kinds::FORBIDDEN, error::DOSSIER_NOT_FOUND, error::NOT_A_DRAFT];

/// Throw a draft away
///
/// Removes a draft with its papers, for good. What is filed stays.
#[utoipa::path(
    operation_id = "discard_draft",
    tag = "dossiers",
    params(("id" = Uuid, Path, description = "The draft"), OptionalIfMatchHeader),
    responses((status = 204, description = "It is gone"), Failures),
    security(("bearer" = []))
)]
#[delete("/api/v1/dossiers/{id}")]
pub async fn discard_draft(
    app: web::Data<App>,
    applicant: Applicant,
    id: web::Path<Uuid>,
    version: Option<IfMatch>,
) -> Result<Reply, Problem> {
    let discarded = app.pool.transaction(async |conn| discard(&app, conn, *id, &applicant, version.as_ref()).await);
    let keys = discarded.await?;
    for key in keys {
        app.files.discard(&key).await;
    }
    Ok(Reply::no_content())
}
