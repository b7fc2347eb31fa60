//! `POST /api/v1/agencies/{agency}/manifests`

use actix_web::{post, web};
use civic::AgencyCode;
use edge::{Command, IdempotencyHeader, Official, Problem, Reply, kinds};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::view::WholeManifestView;
use crate::{
    app::App,
    changes::{
        duties::Returns,
        make_manifest::{Wanted, make_manifest as make},
    },
    domain::{actions::choose_return::ADDRESS, parcel::MOST_PARCELS},
    error,
};

/// Results to hand over to the post.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewManifest {
    /// In the order of the list.
    #[schema(min_items = 1, max_items = 100)]
    parcels: Vec<NewParcel>,
}

/// A result to send.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewParcel {
    /// The dossier.
    dossier: Uuid,
    /// Where it is sent, in place of what its applicant chose or where nobody chose: 10 to 300 characters, counted as composed.
    #[schema(max_length = 1200)]
    address: Option<String>,
}

edge::failures![kinds::FORBIDDEN, error::AGENCY_NOT_FOUND];

/// Make a manifest
///
/// Puts results that are ready and wanted by post, and those that the post brought back, on a list by which they are handed over together: up to
/// 100, all of them or none. Lists of an agency are numbered without a gap in each year.
#[utoipa::path(
    operation_id = "make_manifest",
    tag = "post",
    params(("agency" = AgencyCode, Path, description = "The agency"), IdempotencyHeader),
    request_body(content = NewManifest, example = json!({"parcels": [{"dossier": "0197f2a6-5c00-7000-8000-000000000001"}]})),
    responses((status = 201, description = "It is made", body = WholeManifestView, headers(
        ("Location" = String, description = "Where it is"),
    )), Failures),
    security(("bearer" = []))
)]
#[post("/api/v1/agencies/{agency}/manifests")]
pub async fn make_manifest(
    app: web::Data<App>,
    official: Official<Returns>,
    agency: web::Path<AgencyCode>,
    command: Command<NewManifest>,
) -> Result<Reply, Problem> {
    if !official.agencies().contains(&agency) {
        return Err(error::AGENCY_NOT_FOUND.into());
    }
    command
        .once(&app.pool, official.caller.id, app.life.clock.now(), async |conn, NewManifest { parcels }| {
            let manifest = make(&app, conn, &official, &agency, wanted(parcels)?).await?;
            let location = format!("/api/v1/agencies/{agency}/manifests/{}", manifest.id);
            Ok(Reply::created(&WholeManifestView::read(conn, &manifest).await?, location))
        })
        .await
}

fn wanted(parcels: Vec<NewParcel>) -> Result<Vec<Wanted>, Problem> {
    if !(1..=MOST_PARCELS).contains(&parcels.len()) {
        let (vi, en) = ("Chọn từ 1 đến 100 kết quả.", "Choose 1 to 100 results.");
        return Err(error::invalid("/parcels", "count", vi, en));
    }
    let mut wanted: Vec<Wanted> = Vec::with_capacity(parcels.len());
    for (place, NewParcel { dossier, address }) in parcels.into_iter().enumerate() {
        if wanted.iter().any(|other| other.dossier == dossier) {
            let (vi, en) = ("Hồ sơ này đã ghi ở trên.", "This dossier stands above already.");
            return Err(error::invalid(&format!("/parcels/{place}/dossier"), "uniqueItems", vi, en));
        }
        let address = error::read_text_at(&ADDRESS, address.as_deref(), &format!("/parcels/{place}"))?;
        wanted.push(Wanted { dossier, address });
    }
    Ok(wanted)
}
