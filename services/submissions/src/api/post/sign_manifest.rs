//! `POST /api/v1/agencies/{agency}/manifests/{id}/signature`

use actix_web::{post, web};
use civic::AgencyCode;
use edge::{Command, IdempotencyHeader, Official, Problem, Reply, kinds};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::view::WholeManifestView;
use crate::{
    app::App,
    changes::{duties::Returns, sign_manifest::sign_manifest as sign},
    domain::parcel::{CARRIER, ITEM_CODE},
    error,
    store::manifests,
};

/// What the post took over.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[schema(as = ManifestSignature)]
#[serde(deny_unknown_fields)]
pub struct Signature {
    /// Who of the post signed for it: 2 to 200 characters, counted as composed.
    #[schema(max_length = 800)]
    carrier: String,
    /// The parcels that were taken over; those that are missing are left out and wait again.
    #[schema(min_items = 1, max_items = 100)]
    parcels: Vec<TakenOver>,
}

/// A parcel that was taken over.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TakenOver {
    /// The parcel.
    id: Uuid,
    /// The post's number of it: 4 to 40 characters, counted as composed.
    #[schema(max_length = 160)]
    item_code: String,
}

edge::failures![
    kinds::FORBIDDEN,
    error::AGENCY_NOT_FOUND,
    error::MANIFEST_NOT_FOUND,
    error::MANIFEST_ENDED,
    error::OWN_DOSSIER
];

/// Hand over to the post what stands on a manifest
///
/// Both sides signed: the post took over the parcels that have its number, whose results are handed over with that, and their applicants are told. What
/// was not taken over waits for the next manifest.
#[utoipa::path(
    operation_id = "sign_manifest",
    tag = "post",
    params(
        ("agency" = AgencyCode, Path, description = "The agency"),
        ("id" = Uuid, Path, description = "The manifest"),
        IdempotencyHeader,
    ),
    request_body(content = Signature, example = json!({
        "carrier": "Đỗ Văn Thư, Bưu cục Việt Trì",
        "parcels": [{"id": "0197f2a6-5c00-7000-8000-000000000001", "item_code": "EB123456789VN"}]})),
    responses((status = 200, description = "It is handed over", body = WholeManifestView), Failures),
    security(("bearer" = []))
)]
#[post("/api/v1/agencies/{agency}/manifests/{id}/signature")]
pub async fn sign_manifest(
    app: web::Data<App>,
    official: Official<Returns>,
    path: web::Path<(AgencyCode, Uuid)>,
    command: Command<Signature>,
) -> Result<Reply, Problem> {
    let (agency, id) = path.into_inner();
    if !official.agencies().contains(&agency) {
        return Err(error::AGENCY_NOT_FOUND.into());
    }
    command
        .once(&app.pool, official.caller.id, app.life.clock.now(), async |conn, Signature { carrier, parcels }| {
            let carrier = error::required_text(&CARRIER, Some(&carrier))?;
            let codes = codes(parcels)?;
            let manifest = manifests::lock(conn, &agency, id).await?.ok_or(error::MANIFEST_NOT_FOUND)?;
            let manifest = sign(&app, conn, &official, manifest, carrier, &codes).await?;
            Ok(Reply::ok(&WholeManifestView::read(conn, &manifest).await?))
        })
        .await
}

fn codes(parcels: Vec<TakenOver>) -> Result<Vec<(Uuid, String)>, Problem> {
    let read = |(place, TakenOver { id, item_code }): (usize, TakenOver)| {
        let code = error::read_text_at(&ITEM_CODE, Some(&item_code), &format!("/parcels/{place}"))?;
        Ok((id, code.unwrap_or_default()))
    };
    parcels.into_iter().enumerate().map(read).collect()
}
