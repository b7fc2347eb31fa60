//! `POST /api/v1/dossiers`

use actix_web::{post, web};
use civic::{AgencyCode, DossierStatus, ProcedureCode};
use edge::{Applicant, Command, IdempotencyHeader, Problem, Reply};
use serde::Deserialize;
use utoipa::ToSchema;

use super::view::DossierView;
use crate::{
    app::App,
    domain::dossier::{Dossier, dossier_id},
    error,
    store::{agencies, dossiers, procedures},
};

/// A dossier to begin.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewDossier {
    /// The procedure. The dossier is pinned to its current version.
    procedure: ProcedureCode,
    /// The agency where it will be filed.
    agency: AgencyCode,
}

/// Begins a draft. Only its applicant sees it until it is filed.
#[utoipa::path(
    operation_id = "open_dossier",
    tag = "dossiers",
    summary = "Begin a dossier",
    params(IdempotencyHeader),
    request_body = NewDossier,
    responses((status = 201, description = "The draft", body = DossierView, headers(
        ("Location" = String, description = "Where the dossier stands"),
        ("ETag" = String, description = "Its version, for `If-Match`"),
    ))),
    security(("bearer" = []))
)]
#[post("/api/v1/dossiers")]
pub async fn open_dossier(
    app: web::Data<App>,
    applicant: Applicant,
    command: Command<NewDossier>,
) -> Result<Reply, Problem> {
    let now = app.life.clock.now();
    let scope = applicant.caller.id;
    command
        .once(&app.pool, scope, now, async |conn, new| {
            let procedure = procedures::current(conn, &new.procedure).await?.ok_or_else(unknown_procedure)?;
            agencies::name(conn, &new.agency).await?.ok_or_else(unknown_agency)?;
            let dossier = Dossier {
                id: dossier_id(app.life.new_id(), &new.agency),
                procedure_version: procedure.id,
                agency: new.agency,
                applicant: applicant.party,
                filer: applicant.caller.id,
                applicant_name: applicant.name.clone(),
                status: DossierStatus::Draft,
                answers: "{}".into(),
                version: 1,
                filed: None,
                fee: None,
                created_at: now,
                received_at: None,
                completed_at: None,
            };
            dossiers::insert(conn, &dossier).await?;
            let (location, version) = (format!("/api/v1/dossiers/{}", dossier.id), dossier.version);
            let view = DossierView::load(&app, conn, dossier, &applicant.caller).await?;
            Ok(Reply::created(&view, location).version(version))
        })
        .await
}

fn unknown_procedure() -> Problem {
    error::invalid("/procedure", "unknown", "Không có thủ tục này.", "There is no such procedure.")
}

fn unknown_agency() -> Problem {
    error::invalid("/agency", "unknown", "Không có cơ quan này.", "There is no such agency.")
}
