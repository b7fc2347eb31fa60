//! `POST /api/v1/dossiers/{id}/receipt`

use actix_web::{post, web};
use edge::{Command, IdempotencyHeader, NoBody, Official, Problem, Receive, Reply};
use uuid::Uuid;

use super::view::DossierView;
use crate::{
    app::App,
    error,
    store::{
        apply_change::{Deed, apply_change},
        dossiers::{self, Reader},
    },
};

/// Receives a dossier: the agency's time is counted from now.
#[utoipa::path(
    operation_id = "receive_dossier",
    tag = "dossiers",
    summary = "Receive a dossier",
    params(("id" = Uuid, Path, description = "The dossier"), IdempotencyHeader),
    responses((status = 200, description = "It is received", body = DossierView, headers(
        ("ETag" = String, description = "Its version"),
    ))),
    security(("bearer" = []))
)]
#[post("/api/v1/dossiers/{id}/receipt")]
pub async fn receive_dossier(
    app: web::Data<App>,
    official: Official<Receive>,
    id: web::Path<Uuid>,
    command: Command<NoBody>,
) -> Result<Reply, Problem> {
    let now = app.life.clock.now();
    let reader = Reader::Agencies(official.agencies());
    command
        .once(&app.pool, official.caller.id, now, async |conn, NoBody {}| {
            let dossier = dossiers::lock(conn, *id, &reader).await?.ok_or(error::DOSSIER_NOT_FOUND)?;
            let pinned = app.procedure(conn, dossier.procedure_version).await?;
            let change = dossier.receive(&pinned.procedure, now, &app.calendar)?;
            let deed = Deed { actor: Some(&official.caller), action: "dossier.received", note: None };
            apply_change(conn, &app.outbox, &app.life, &change, deed).await?;
            DossierView::reply(&app, conn, change.dossier, &official.caller).await
        })
        .await
}
