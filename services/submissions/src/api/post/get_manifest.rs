//! `GET /api/v1/agencies/{agency}/manifests/{id}`

use actix_web::{get, web};
use civic::AgencyCode;
use edge::{Official, Problem, Reply, Work, kinds};
use serde_json::json;
use uuid::Uuid;

use super::view::WholeManifestView;
use crate::{api::shown::shown_at_agency, app::App, error, store::manifests};

edge::failures![kinds::FORBIDDEN, error::AGENCY_NOT_FOUND, error::MANIFEST_NOT_FOUND];

/// Read a manifest
///
/// What stands on it, and where each parcel is now.
#[utoipa::path(
    operation_id = "get_manifest",
    tag = "post",
    params(
        ("agency" = AgencyCode, Path, description = "The agency"),
        ("id" = Uuid, Path, description = "The manifest"),
    ),
    responses((status = 200, description = "The manifest", body = WholeManifestView), Failures),
    security(("bearer" = []))
)]
#[get("/api/v1/agencies/{agency}/manifests/{id}")]
pub async fn get_manifest(
    app: web::Data<App>,
    official: Official<Work>,
    path: web::Path<(AgencyCode, Uuid)>,
) -> Result<Reply, Problem> {
    let (agency, id) = path.into_inner();
    if !official.agencies().contains(&agency) {
        return Err(error::AGENCY_NOT_FOUND.into());
    }
    let mut conn = app.pool.get().await?;
    let manifest = manifests::find(&mut conn, &agency, id).await?.ok_or(error::MANIFEST_NOT_FOUND)?;
    shown_at_agency(&app, &conn, &official.caller, &agency, json!({"shown": "manifest", "manifest": id})).await?;
    Ok(Reply::ok(&WholeManifestView::read(&mut conn, &manifest).await?))
}
