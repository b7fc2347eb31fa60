//! `POST /api/v1/dossiers/{id}/completion`

use actix_web::{post, web};
use edge::{Command, Decide, IdempotencyHeader, Official, Problem, Reply};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::view::DossierView;
use crate::{
    app::App,
    error,
    store::{
        apply_change::{Deed, apply_change},
        dossiers::{self, Reader},
        results,
    },
};

/// How a dossier is completed.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[schema(as = DossierCompletion)]
#[serde(deny_unknown_fields)]
pub struct Completion {
    /// A note for officials.
    #[schema(max_length = 1000, pattern = r"^[^\x00]*$")]
    note: Option<String>,
}

/// Completes a dossier whose result is issued: the applicant is told and can take it.
#[utoipa::path(
    operation_id = "complete_dossier",
    tag = "dossiers",
    summary = "Complete a dossier",
    params(("id" = Uuid, Path, description = "The dossier"), IdempotencyHeader),
    request_body = Completion,
    responses((status = 200, description = "It is completed", body = DossierView, headers(
        ("ETag" = String, description = "Its version"),
    ))),
    security(("bearer" = []))
)]
#[post("/api/v1/dossiers/{id}/completion")]
pub async fn complete_dossier(
    app: web::Data<App>,
    official: Official<Decide>,
    id: web::Path<Uuid>,
    command: Command<Completion>,
) -> Result<Reply, Problem> {
    let now = app.life.clock.now();
    let reader = Reader::Agencies(official.agencies());
    command
        .once(&app.pool, official.caller.id, now, async |conn, completion| {
            let note = completion.note.as_deref();
            check(note)?;
            let dossier = dossiers::lock(conn, *id, &reader).await?.ok_or(error::DOSSIER_NOT_FOUND)?;
            let pinned = app.procedure(conn, dossier.procedure_version).await?;
            let issued = results::of_dossier(conn, dossier.id).await?.len();
            let change = dossier.complete(&pinned.procedure, issued, now)?;
            let deed = Deed { actor: Some(&official.caller), action: "dossier.completed", note };
            apply_change(conn, &app.outbox, &app.life, &change, deed).await?;
            DossierView::reply(&app, conn, change.dossier, &official.caller).await
        })
        .await
}

fn check(note: Option<&str>) -> Result<(), Problem> {
    let Some(note) = note else { return Ok(()) };
    if note.chars().count() > 1000 {
        return Err(error::invalid("/note", "maxLength", "Không quá 1000 ký tự.", "No more than 1000 characters."));
    }
    if note.contains('\0') {
        return Err(error::invalid("/note", "pattern", "Có ký tự không nhập được.", "A character cannot be typed."));
    }
    Ok(())
}
