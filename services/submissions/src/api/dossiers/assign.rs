//! `POST /api/v1/dossiers/{id}/assignment`

use actix_web::{post, web};
use edge::{Command, IdempotencyHeader, IfMatch, Official, OptionalIfMatchHeader, Problem, Reply, kinds};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::view::DossierView;
use crate::{
    app::App,
    changes::{assign::assign, duties::Assigns},
    domain::actions::complete::NOTE,
    error,
};

/// To whom a dossier is given.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[schema(as = DossierAssignment)]
#[serde(deny_unknown_fields)]
pub struct Assigned {
    /// The official, who holds the role of its stage at the agency. While she is away her deputy gets it.
    official: Uuid,
    /// A note for officials, up to 1000 characters, counted as composed.
    #[schema(max_length = 4000)]
    note: Option<String>,
}

edge::failures![
    kinds::FORBIDDEN,
    error::DOSSIER_NOT_FOUND,
    error::OWN_DOSSIER,
    error::STATUS,
    error::NO_STAGES,
    error::ROLE_MISSING,
    error::FOUR_EYES,
];

/// Assign a dossier
///
/// Gives a dossier to an official of its stage, whoever had it: by who leads at the agency, by who keeps its settings, or by who has it.
#[utoipa::path(
    operation_id = "assign_dossier",
    tag = "dossiers",
    params(("id" = Uuid, Path, description = "The dossier"), IdempotencyHeader, OptionalIfMatchHeader),
    request_body(content = Assigned, example = json!({"official": "01a1ffa2-2c1a-7b1e-8f0a-5d0c1e7b9a11", "note": "Ưu tiên xử lý trong ngày."})),
    responses((status = 200, description = "It is theirs", body = DossierView, headers(
        ("ETag" = String, description = "Its version"),
    )), Failures),
    security(("bearer" = []))
)]
#[post("/api/v1/dossiers/{id}/assignment")]
pub async fn assign_dossier(
    app: web::Data<App>,
    official: Official<Assigns>,
    id: web::Path<Uuid>,
    version: Option<IfMatch>,
    command: Command<Assigned>,
) -> Result<Reply, Problem> {
    let caller = &official.caller;
    command
        .once(&app.pool, caller.id, app.life.clock.now(), async |conn, Assigned { official: to, note }| {
            let note = error::read_text(&NOTE, note.as_deref())?;
            let dossier = assign(&app, conn, *id, &official, version.as_ref(), (to, note)).await?;
            DossierView::reply(&app, conn, dossier, caller).await
        })
        .await
}
