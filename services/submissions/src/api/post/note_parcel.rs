//! `POST /api/v1/agencies/{agency}/parcels/{id}/outcome`

use actix_web::{post, web};
use civic::AgencyCode;
use edge::{Command, IdempotencyHeader, Official, Problem, Reply, kinds};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::view::ParcelView;
use crate::{
    app::App,
    changes::{duties::Returns, note_parcel::note_parcel as note},
    domain::parcel::{COLLECTED_BY, ParcelOutcome},
    error,
};

/// What became of a parcel.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[schema(as = ParcelOutcomeNoted)]
#[serde(deny_unknown_fields)]
pub struct Noted {
    outcome: ParcelOutcome,
    /// Who signed for what was fetched, and then alone: 2 to 200 characters, counted as composed.
    #[schema(max_length = 800)]
    collected_by: Option<String>,
}

edge::failures![
    kinds::FORBIDDEN,
    error::AGENCY_NOT_FOUND,
    error::PARCEL_NOT_FOUND,
    error::PARCEL_STATE,
    error::OWN_DOSSIER
];

/// Note what became of a parcel
///
/// The post delivered it or brought it back; of what came back its applicant is told, and it is fetched at the counter or put on another manifest.
#[utoipa::path(
    operation_id = "note_parcel",
    tag = "post",
    params(
        ("agency" = AgencyCode, Path, description = "The agency"),
        ("id" = Uuid, Path, description = "The parcel"),
        IdempotencyHeader,
    ),
    request_body(content = Noted, example = json!({"outcome": "DELIVERED"})),
    responses((status = 200, description = "It is noted", body = ParcelView), Failures),
    security(("bearer" = []))
)]
#[post("/api/v1/agencies/{agency}/parcels/{id}/outcome")]
pub async fn note_parcel(
    app: web::Data<App>,
    official: Official<Returns>,
    path: web::Path<(AgencyCode, Uuid)>,
    command: Command<Noted>,
) -> Result<Reply, Problem> {
    let (agency, id) = path.into_inner();
    if !official.agencies().contains(&agency) {
        return Err(error::AGENCY_NOT_FOUND.into());
    }
    command
        .once(&app.pool, official.caller.id, app.life.clock.now(), async |conn, Noted { outcome, collected_by }| {
            let collected_by = read(outcome, collected_by.as_deref())?;
            let parcel = note(&app, conn, &official, (&agency, id), outcome, collected_by).await?;
            Ok(Reply::ok(&ParcelView::from(parcel)))
        })
        .await
}

/// Who fetched it, and of nothing else.
fn read(outcome: ParcelOutcome, collected_by: Option<&str>) -> Result<Option<String>, Problem> {
    match outcome {
        ParcelOutcome::Collected => Ok(Some(error::required_text(&COLLECTED_BY, collected_by)?)),
        ParcelOutcome::Delivered | ParcelOutcome::CameBack => Ok(None),
    }
}
