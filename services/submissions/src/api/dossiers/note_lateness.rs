//! `POST /api/v1/dossiers/{id}/lateness-causes`

use actix_web::{post, web};
use civic::events::LatenessCause;
use edge::{Command, IdempotencyHeader, IfMatch, Official, OptionalIfMatchHeader, Problem, Reply, kinds};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::view::DossierView;
use crate::{
    app::App,
    changes::{duties::NotesLateness, note_lateness::note_lateness as note},
    domain::actions::note_lateness::PROOF,
    error,
};

/// Why a dossier is late.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewLatenessCause {
    /// The cause.
    cause: LatenessCause,
    /// What proves it: the number of a letter or ticket, a message, a time. 10 to 1000 characters, counted as composed, for officials.
    #[schema(max_length = 4000)]
    proof: String,
}

edge::failures![
    kinds::FORBIDDEN,
    error::DOSSIER_NOT_FOUND,
    error::OWN_DOSSIER,
    error::NOT_LATE,
    error::TOO_MANY_CAUSES
];

/// Record why a dossier is late
///
/// Records a cause of lateness with what proves it. What is recorded stays; another is recorded beside it. What systems alone caused is
/// counted apart, and against a person only what the official caused.
#[utoipa::path(
    operation_id = "note_lateness",
    tag = "dossiers",
    params(("id" = Uuid, Path, description = "The dossier"), IdempotencyHeader, OptionalIfMatchHeader),
    request_body(content = NewLatenessCause, example = json!({
        "cause": "TAX", "proof": "Thông báo thuế số 1234/TB-CCT ngày 20/07/2026, nhận ngày 27/07/2026.",
    })),
    responses((status = 200, description = "It is recorded", body = DossierView, headers(
        ("ETag" = String, description = "Its version"),
    )), Failures),
    security(("bearer" = []))
)]
#[post("/api/v1/dossiers/{id}/lateness-causes")]
pub async fn note_lateness(
    app: web::Data<App>,
    official: Official<NotesLateness>,
    id: web::Path<Uuid>,
    version: Option<IfMatch>,
    command: Command<NewLatenessCause>,
) -> Result<Reply, Problem> {
    let caller = &official.caller;
    command
        .once(&app.pool, caller.id, app.life.clock.now(), async |conn, NewLatenessCause { cause, proof }| {
            let proof = error::required_text(&PROOF, Some(&proof))?;
            let dossier = note(&app, conn, *id, &official, version.as_ref(), (cause, proof)).await?;
            DossierView::reply(&app, conn, dossier, caller).await
        })
        .await
}
