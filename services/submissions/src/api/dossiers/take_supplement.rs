//! `POST /api/v1/dossiers/{id}/supplement-intake`

use actix_web::{post, web};
use edge::{Command, IdempotencyHeader, IfMatch, Official, OptionalIfMatchHeader, Problem, Reply, kinds};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::view::DossierView;
use crate::{
    api::intakes::take_in::IntakePaper,
    app::App,
    changes::{duties::TakesSupplements, take_supplement::take_supplement as take},
    domain::{actions::complete::NOTE, intake::HandedPaper},
    error,
};

/// What was brought to the counter.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[schema(as = DossierSupplementIntake)]
#[serde(deny_unknown_fields)]
pub struct SupplementIntake {
    /// The papers that were handed in on paper, each once; what was scanned need not stand here.
    #[schema(max_items = 100)]
    #[serde(default)]
    papers: Vec<IntakePaper>,
    /// A note for officials, at most 1000 characters, counted as composed.
    #[schema(max_length = 4000)]
    note: Option<String>,
}

edge::failures![kinds::FORBIDDEN, error::DOSSIER_NOT_FOUND, error::OWN_DOSSIER, error::STATUS, error::INCOMPLETE,];

/// Take in at the counter what was asked for
///
/// In the place of the applicant who brings the papers of the open request to a counter, of the agency or of the centre that took the dossier
/// in: once each of them is scanned (`POST /api/v1/dossiers/{id}/scans`) or handed in on paper. The agency goes on with the dossier, as when
/// the applicant sends them in.
#[utoipa::path(
    operation_id = "take_supplement",
    tag = "intakes",
    params(("id" = Uuid, Path, description = "The dossier"), IdempotencyHeader, OptionalIfMatchHeader),
    request_body(content = SupplementIntake, example = json!({
        "papers": [{"component": "GIAY_CHUNG_SINH", "originals": 1, "copies": 0}],
    })),
    responses((status = 200, description = "They are taken in", body = DossierView, headers(
        ("ETag" = String, description = "Its version"),
    )), Failures),
    security(("bearer" = []))
)]
#[post("/api/v1/dossiers/{id}/supplement-intake")]
pub async fn take_supplement(
    app: web::Data<App>,
    official: Official<TakesSupplements>,
    id: web::Path<Uuid>,
    version: Option<IfMatch>,
    command: Command<SupplementIntake>,
) -> Result<Reply, Problem> {
    let caller = &official.caller;
    command
        .once(&app.pool, caller.id, app.life.clock.now(), async |conn, SupplementIntake { papers, note }| {
            let note = error::read_text(&NOTE, note.as_deref())?;
            let papers: Vec<_> = papers.into_iter().map(HandedPaper::from).collect();
            let dossier = take(&app, conn, *id, &official, version.as_ref(), &papers, note.as_deref()).await?;
            DossierView::reply(&app, conn, dossier, caller).await
        })
        .await
}
