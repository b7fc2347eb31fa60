//! How manifests and parcels are shown.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel_async::AsyncPgConnection;
use edge::Problem;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    api::references::OfficialReference,
    domain::parcel::{ManifestState, ParcelState},
    store::{
        manifests::{self, Manifest, Parcel},
        staff,
    },
};

/// A list by which results are handed over to the post.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Manifest)]
pub struct ManifestView {
    /// Its id.
    id: Uuid,
    /// Of the agency's in its year.
    #[schema(minimum = 1)]
    number: i32,
    /// The year, in Vietnam.
    year: i32,
    /// How far it has come.
    state: ManifestState,
    /// Who made it.
    made_by: OfficialReference,
    /// When.
    made_at: DateTime<Utc>,
    /// Who of the post took over what stands on it.
    carrier: Option<String>,
    /// Who handed it over, or dropped it.
    ended_by: Option<OfficialReference>,
    /// When.
    ended_at: Option<DateTime<Utc>>,
}

/// A manifest with what stands on it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ManifestWithParcels)]
pub struct WholeManifestView {
    #[serde(flatten)]
    manifest: ManifestView,
    /// In the order of the manifest.
    parcels: Vec<ParcelView>,
}

/// A result that is sent by post.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Parcel)]
pub struct ParcelView {
    /// Its id.
    id: Uuid,
    /// The dossier.
    dossier_id: Uuid,
    /// Its code.
    code: Option<String>,
    /// Whose dossier it is.
    recipient: String,
    /// Where it is sent.
    address: String,
    /// The phone that the post calls.
    phone: Option<String>,
    /// Where it is.
    state: ParcelState,
    /// The post's number of it, once it was handed over.
    item_code: Option<String>,
    /// Who fetched it at the counter after it had come back.
    collected_by: Option<String>,
    /// Since when it is where it is.
    noted_at: DateTime<Utc>,
}

impl ManifestView {
    /// A manifest, by the names of officials that are known.
    pub fn of(manifest: &Manifest, names: &HashMap<Uuid, String>) -> Self {
        Self {
            id: manifest.id,
            number: manifest.number,
            year: manifest.year,
            state: manifest.state,
            made_by: OfficialReference::of(manifest.made_by, names),
            made_at: manifest.made_at,
            carrier: manifest.carrier.clone(),
            ended_by: manifest.ended_by.map(|official| OfficialReference::of(official, names)),
            ended_at: manifest.ended_at,
        }
    }
}

impl WholeManifestView {
    /// A manifest as it stands, in the caller's transaction or out of any.
    ///
    /// # Errors
    /// When it cannot be read.
    pub async fn read(conn: &mut AsyncPgConnection, manifest: &Manifest) -> Result<Self, Problem> {
        let names = staff::names(conn, &people(manifest)).await?;
        let parcels = manifests::parcels_on(conn, manifest.id).await?;
        let parcels = parcels.into_iter().map(ParcelView::from).collect();
        Ok(Self { manifest: ManifestView::of(manifest, &names), parcels })
    }
}

impl From<(Parcel, Option<String>)> for ParcelView {
    fn from((parcel, code): (Parcel, Option<String>)) -> Self {
        Self {
            id: parcel.id,
            dossier_id: parcel.dossier,
            code,
            recipient: parcel.recipient,
            address: parcel.address,
            phone: parcel.phone,
            state: parcel.state,
            item_code: parcel.item_code,
            collected_by: parcel.collected_by,
            noted_at: parcel.noted_at,
        }
    }
}

/// Whom a manifest names.
pub fn people(manifest: &Manifest) -> Vec<Uuid> {
    [Some(manifest.made_by), manifest.ended_by].into_iter().flatten().collect()
}
