//! `DELETE /api/v1/dossiers/{id}/results/{result_id}`

use actix_web::{delete, web};
use edge::{IfMatch, Official, OptionalIfMatchHeader, Problem, Reply, kinds};
use uuid::Uuid;

use crate::{
    app::App,
    changes::{duties::Issues, remove_result::remove_result as remove},
    error,
};

edge::failures![
    kinds::FORBIDDEN,
    error::DOSSIER_NOT_FOUND,
    error::OWN_DOSSIER,
    error::RESULT_NOT_FOUND,
    error::STATUS,
    error::OTHER_STAGE,
    error::HELD,
    error::ROLE_MISSING,
    error::FOUR_EYES,
];

/// Take a result back
///
/// Takes a result out of a dossier that was issued by mistake, before the dossier is completed. What a correction replaced was given to the
/// applicant, and stays.
#[utoipa::path(
    operation_id = "remove_result",
    tag = "results",
    params(
        ("id" = Uuid, Path, description = "The dossier"),
        ("result_id" = Uuid, Path, description = "The result"),
        OptionalIfMatchHeader,
    ),
    responses((status = 204, description = "It is gone"), Failures),
    security(("bearer" = []))
)]
#[delete("/api/v1/dossiers/{id}/results/{result_id}")]
pub async fn remove_result(
    app: web::Data<App>,
    official: Official<Issues>,
    path: web::Path<(Uuid, Uuid)>,
    version: Option<IfMatch>,
) -> Result<Reply, Problem> {
    let version = version.as_ref();
    let removed = app.pool.transaction(async |conn| remove(&app, conn, *path, &official, version).await);
    let key = removed.await?;
    app.files.discard(&key).await;
    Ok(Reply::no_content())
}
