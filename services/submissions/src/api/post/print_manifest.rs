//! `GET /api/v1/agencies/{agency}/manifests/{id}/pdf`

use actix_web::{HttpRequest, HttpResponse, get, web};
use civic::AgencyCode;
use documents::{Form, Manifest as Printed, ManifestRow};
use edge::{Official, Problem, Work, kinds};
use serde_json::json;
use uuid::Uuid;

use super::view::people;
use crate::{
    api::{
        file_bytes::FileBytes,
        forms::{letterhead, pdf, too_much},
        shown::shown_at_agency,
    },
    app::App,
    domain::parcel::ParcelState,
    error,
    store::{
        agencies,
        manifests::{self, Manifest, Parcel},
        staff,
    },
};

edge::failures![kinds::FORBIDDEN, error::AGENCY_NOT_FOUND, error::MANIFEST_NOT_FOUND];

/// Print a manifest
///
/// The list as a PDF for both sides to sign: with the names and the post's numbers once it was handed over, before that with lines to write them on.
#[utoipa::path(
    operation_id = "print_manifest",
    tag = "post",
    params(
        ("agency" = AgencyCode, Path, description = "The agency"),
        ("id" = Uuid, Path, description = "The manifest"),
    ),
    responses((status = 200, description = "The list", content((FileBytes = "application/pdf")), headers(
        ("ETag" = String, description = "What tells this list from any other, for `If-None-Match`"),
        ("Content-Disposition" = String, description = "`attachment`, with its name: number and agency"),
    )), Failures),
    security(("bearer" = []))
)]
#[get("/api/v1/agencies/{agency}/manifests/{id}/pdf")]
pub async fn print_manifest(
    app: web::Data<App>,
    official: Official<Work>,
    path: web::Path<(AgencyCode, Uuid)>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let (agency, id) = path.into_inner();
    if !official.agencies().contains(&agency) {
        return Err(error::AGENCY_NOT_FOUND.into());
    }
    let mut conn = app.pool.get().await?;
    let manifest = manifests::find(&mut conn, &agency, id).await?.ok_or(error::MANIFEST_NOT_FOUND)?;
    let parcels = manifests::parcels_on(&mut conn, id).await?;
    let office = agencies::office(&mut conn, &agency).await?.ok_or(error::AGENCY_NOT_FOUND)?;
    let mut names = staff::names(&mut conn, &people(&manifest)).await?;
    shown_at_agency(&app, &conn, &official.caller, &agency, json!({"shown": "manifest", "manifest": id})).await?;
    drop(conn);
    let Manifest { year, number, made_by, made_at, ended_by, ended_at, carrier, .. } = manifest;
    let printed = Printed {
        letterhead: letterhead(&office, ended_at.unwrap_or(made_at)),
        number: format!("{number}/{year}"),
        rows: (1..).zip(parcels).map(row).collect(),
        giver: names.remove(&ended_by.unwrap_or(made_by)),
        carrier,
    };
    let name = format!("bang-ke-{agency}-{year}-{number}.pdf");
    pdf(&app, &request, &name, vec![Form::Manifest(printed)], too_much).await
}

fn row((number, (parcel, code)): (usize, (Parcel, Option<String>))) -> ManifestRow {
    ManifestRow {
        number,
        code,
        recipient: parcel.recipient,
        address: parcel.address,
        phone: parcel.phone,
        item_code: parcel.item_code,
        left_out: parcel.state == ParcelState::LeftOut,
    }
}
