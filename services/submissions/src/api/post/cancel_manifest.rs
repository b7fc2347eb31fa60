//! `POST /api/v1/agencies/{agency}/manifests/{id}/cancellation`

use actix_web::{post, web};
use civic::AgencyCode;
use edge::{Command, IdempotencyHeader, Official, Problem, Reply, kinds};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::view::WholeManifestView;
use crate::{
    app::App,
    changes::{duties::Returns, sign_manifest::cancel_manifest as cancel},
    error,
    store::manifests,
};

/// Nothing is said with it.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ManifestCancellation {}

edge::failures![kinds::FORBIDDEN, error::AGENCY_NOT_FOUND, error::MANIFEST_NOT_FOUND, error::MANIFEST_ENDED];

/// Drop a manifest
///
/// Nobody of the post signed it: what stands on it waits for another. Its number stays its own.
#[utoipa::path(
    operation_id = "cancel_manifest",
    tag = "post",
    params(
        ("agency" = AgencyCode, Path, description = "The agency"),
        ("id" = Uuid, Path, description = "The manifest"),
        IdempotencyHeader,
    ),
    request_body(content = ManifestCancellation, example = json!({})),
    responses((status = 200, description = "It is dropped", body = WholeManifestView), Failures),
    security(("bearer" = []))
)]
#[post("/api/v1/agencies/{agency}/manifests/{id}/cancellation")]
pub async fn cancel_manifest(
    app: web::Data<App>,
    official: Official<Returns>,
    path: web::Path<(AgencyCode, Uuid)>,
    command: Command<ManifestCancellation>,
) -> Result<Reply, Problem> {
    let (agency, id) = path.into_inner();
    if !official.agencies().contains(&agency) {
        return Err(error::AGENCY_NOT_FOUND.into());
    }
    command
        .once(&app.pool, official.caller.id, app.life.clock.now(), async |conn, ManifestCancellation {}| {
            let manifest = manifests::lock(conn, &agency, id).await?.ok_or(error::MANIFEST_NOT_FOUND)?;
            let manifest = cancel(&app, conn, &official, manifest).await?;
            Ok(Reply::ok(&WholeManifestView::read(conn, &manifest).await?))
        })
        .await
}
