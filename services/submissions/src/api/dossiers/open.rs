//! `POST /api/v1/dossiers`

use actix_web::{post, web};
use civic::{AgencyCode, ProcedureCode};
use edge::{Applicant, Command, IdempotencyHeader, Problem, Reply, kinds};
use serde::Deserialize;
use utoipa::ToSchema;

use super::view::DossierView;
use crate::{app::App, changes::open::open, error};

/// A dossier to begin.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewDossier {
    /// The procedure. The dossier is pinned to its current version.
    procedure: ProcedureCode,
    /// The agency where it will be filed.
    agency: AgencyCode,
}

edge::failures![
    kinds::FORBIDDEN,
    error::PROCEDURE_WITHDRAWN,
    error::NOT_FILED_ONLINE,
    error::NOT_OFFERED_THERE,
    error::TOO_MANY_DRAFTS
];

/// Begin a dossier
///
/// Begins a draft. Only its applicant sees it until it is filed.
#[utoipa::path(
    operation_id = "open_dossier",
    tag = "dossiers",
    params(IdempotencyHeader),
    request_body(content = NewDossier, example = json!({"procedure": "1.001193", "agency": "H44.100"})),
    responses((status = 201, description = "The draft", body = DossierView, headers(
        ("Location" = String, description = "Where the dossier stands"),
        ("ETag" = String, description = "Its version, for `If-Match`"),
    )), Failures),
    security(("bearer" = []))
)]
#[post("/api/v1/dossiers")]
pub async fn open_dossier(
    app: web::Data<App>,
    applicant: Applicant,
    command: Command<NewDossier>,
) -> Result<Reply, Problem> {
    command
        .once(&app.pool, applicant.caller.id, app.life.clock.now(), async |conn, NewDossier { procedure, agency }| {
            let dossier = open(&app, conn, &procedure, agency, &applicant).await?;
            let (location, version) = (format!("/api/v1/dossiers/{}", dossier.id), dossier.version);
            let view = DossierView::load(&app, conn, dossier, &applicant.caller).await?;
            Ok(Reply::created(&view, location).version(version))
        })
        .await
}
