//! `GET /api/v1/agencies/{agency}/phrases`

use actix_web::{get, web};
use civic::AgencyCode;
use edge::{Official, Problem, Reply, Work, kinds};
use serde::Serialize;
use utoipa::ToSchema;

use super::phrase_view::PhraseView;
use crate::{app::App, error, store::phrases};

/// An agency's phrases.
#[derive(Debug, Serialize, ToSchema)]
pub struct Phrases {
    /// By action, in the order in which they were added.
    items: Vec<PhraseView>,
}

edge::failures![kinds::FORBIDDEN, error::AGENCY_NOT_FOUND];

/// List an agency's phrases
///
/// What officials of an agency write often as a reason, to be offered beside the text.
#[utoipa::path(
    operation_id = "list_phrases",
    tag = "dossiers",
    params(("agency" = AgencyCode, Path, description = "The agency")),
    responses((status = 200, description = "The phrases", body = Phrases), Failures),
    security(("bearer" = []))
)]
#[get("/api/v1/agencies/{agency}/phrases")]
pub async fn list_phrases(
    app: web::Data<App>,
    official: Official<Work>,
    agency: web::Path<AgencyCode>,
) -> Result<Reply, Problem> {
    if !official.agencies().contains(&agency) {
        return Err(error::AGENCY_NOT_FOUND.into());
    }
    let phrases = phrases::of_agency(&mut *app.pool.get().await?, &agency).await?;
    Ok(Reply::ok(&Phrases { items: phrases.into_iter().map(Into::into).collect() }))
}
