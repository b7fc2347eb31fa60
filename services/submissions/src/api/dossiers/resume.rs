//! `POST /api/v1/dossiers/{id}/resumption`

use actix_web::{post, web};
use edge::{Command, IdempotencyHeader, IfMatch, Official, OptionalIfMatchHeader, Problem, Reply, kinds};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::view::DossierView;
use crate::{
    app::App,
    changes::{duties::Resumes, resume::resume},
    domain::actions::complete::NOTE,
    error,
};

/// With which note the work on a dossier goes on.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[schema(as = DossierResumption)]
#[serde(deny_unknown_fields)]
pub struct Resumption {
    /// A note for officials, at most 1000 characters, counted as composed.
    #[schema(max_length = 4000)]
    note: Option<String>,
}

edge::failures![
    kinds::FORBIDDEN,
    error::DOSSIER_NOT_FOUND,
    error::OWN_DOSSIER,
    error::STATUS,
    error::CHARGE_OPEN,
    error::FEE_WENT_BACK,
    error::OTHER_STAGE,
    error::HELD,
    error::ROLE_MISSING,
    error::FOUR_EYES,
];

/// Go on with a dossier
///
/// Goes on with a dossier that was stopped: the working time that was left is counted from now, and the applicant is told the new date.
#[utoipa::path(
    operation_id = "resume_dossier",
    tag = "dossiers",
    params(("id" = Uuid, Path, description = "The dossier"), IdempotencyHeader, OptionalIfMatchHeader),
    request_body(content = Resumption, example = json!({"note": "Đã có kết luận giám định."})),
    responses((status = 200, description = "The work on it goes on", body = DossierView, headers(
        ("ETag" = String, description = "Its version"),
    )), Failures),
    security(("bearer" = []))
)]
#[post("/api/v1/dossiers/{id}/resumption")]
pub async fn resume_dossier(
    app: web::Data<App>,
    official: Official<Resumes>,
    id: web::Path<Uuid>,
    version: Option<IfMatch>,
    command: Command<Resumption>,
) -> Result<Reply, Problem> {
    let caller = &official.caller;
    command
        .once(&app.pool, caller.id, app.life.clock.now(), async |conn, Resumption { note }| {
            let note = error::read_text(&NOTE, note.as_deref())?;
            let dossier = resume(&app, conn, *id, &official, version.as_ref(), note.as_deref()).await?;
            DossierView::reply(&app, conn, dossier, caller).await
        })
        .await
}
