//! `GET /api/v1/agencies/{agency}/manifests`

use actix_web::{get, web};
use chrono::{DateTime, Utc};
use civic::AgencyCode;
use edge::{Official, Problem, Reply, Work, kinds};
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::view::{ManifestView, ParcelView, people};
use crate::{
    api::shown::shown_at_agency,
    app::App,
    error,
    store::{
        manifests::{self, ToSend},
        staff,
    },
};

/// Results that wait and parcels under way that are shown.
const MOST: i64 = 100;
/// Manifests that are shown.
const MOST_MANIFESTS: i64 = 20;

/// What an agency sends by post.
#[derive(Debug, Serialize, ToSchema)]
pub struct PostWork {
    /// Results that are ready, wanted by post and on no manifest: the longest ready first, 100 at most.
    to_send: Vec<ToSendView>,
    /// Manifests: those that nobody signed, then the newest, 20 at most.
    manifests: Vec<ManifestView>,
    /// Parcels that came back and lie at the agency, then those that the post has for longest: 100 at most.
    under_way: Vec<ParcelView>,
}

/// A result that waits to be put on a manifest.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ResultToSend)]
pub struct ToSendView {
    /// The dossier.
    dossier_id: Uuid,
    /// Its code.
    code: String,
    /// Whose dossier it is.
    recipient: String,
    /// Where it is wanted; none where nobody said.
    address: Option<String>,
    /// The phone that the post calls.
    phone: Option<String>,
    /// When it was ready.
    completed_at: Option<DateTime<Utc>>,
}

edge::failures![kinds::FORBIDDEN, error::AGENCY_NOT_FOUND];

/// List what is sent by post
///
/// An agency's results that wait for the post, the manifests by which they are handed over, and the parcels that the post has or that came back.
#[utoipa::path(
    operation_id = "list_manifests",
    tag = "post",
    params(("agency" = AgencyCode, Path, description = "The agency")),
    responses((status = 200, description = "What is sent", body = PostWork), Failures),
    security(("bearer" = []))
)]
#[get("/api/v1/agencies/{agency}/manifests")]
pub async fn list_manifests(
    app: web::Data<App>,
    official: Official<Work>,
    agency: web::Path<AgencyCode>,
) -> Result<Reply, Problem> {
    if !official.agencies().contains(&agency) {
        return Err(error::AGENCY_NOT_FOUND.into());
    }
    let mut conn = app.pool.get().await?;
    let to_send = manifests::to_send(&mut conn, &agency, MOST).await?;
    let manifests = manifests::of_agency(&mut conn, &agency, MOST_MANIFESTS).await?;
    let under_way = manifests::under_way(&mut conn, &agency, MOST).await?;
    let names = staff::names(&mut conn, &manifests.iter().flat_map(people).collect::<Vec<_>>()).await?;
    let what = json!({"shown": "post", "to_send": to_send.len(), "under_way": under_way.len()});
    shown_at_agency(&app, &conn, &official.caller, &agency, what).await?;
    Ok(Reply::ok(&PostWork {
        to_send: to_send.into_iter().map(ToSendView::from).collect(),
        manifests: manifests.iter().map(|manifest| ManifestView::of(manifest, &names)).collect(),
        under_way: under_way.into_iter().map(ParcelView::from).collect(),
    }))
}

impl From<ToSend> for ToSendView {
    fn from(waiting: ToSend) -> Self {
        let ToSend { dossier, code, applicant_name, address, phone, completed_at } = waiting;
        Self { dossier_id: dossier, code, recipient: applicant_name, address, phone, completed_at }
    }
}
