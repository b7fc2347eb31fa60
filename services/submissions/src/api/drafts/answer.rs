//! `POST /api/v1/dossiers/{id}/draft-answer`

use actix_web::{post, web};
use edge::{Applicant, Command, IdempotencyHeader, IfMatch, OptionalIfMatchHeader, Problem, Reply, kinds};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    api::dossiers::DossierView,
    app::App,
    changes::answer_draft::answer_draft as answer,
    domain::actions::answer_draft::{COMMENT, CORRECTION, DraftAnswer},
    error,
};

/// What the applicant says of a draft.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[schema(as = DossierDraftAnswer)]
#[serde(deny_unknown_fields)]
pub struct AnswerToDraft {
    /// Whether it is right.
    answer: DraftAnswer,
    /// What is wrong with it, 5 to 1000 characters, counted as composed: needed when it is to be corrected.
    #[schema(max_length = 4000)]
    comment: Option<String>,
}

edge::failures![kinds::FORBIDDEN, error::DOSSIER_NOT_FOUND, error::NO_DRAFT_OPEN];

/// Confirm a draft of the result
///
/// Says of the draft that waits whether it is right, or what is to be corrected. Who says nothing until its time is over agrees.
#[utoipa::path(
    operation_id = "answer_draft",
    tag = "drafts",
    params(("id" = Uuid, Path, description = "The dossier"), IdempotencyHeader, OptionalIfMatchHeader),
    request_body(content = AnswerToDraft, example = json!({"answer": "DISPUTED", "comment": "Sai tên đệm của cháu."})),
    responses((status = 200, description = "It is answered", body = DossierView, headers(
        ("ETag" = String, description = "Its version"),
    )), Failures),
    security(("bearer" = []))
)]
#[post("/api/v1/dossiers/{id}/draft-answer")]
pub async fn answer_draft(
    app: web::Data<App>,
    applicant: Applicant,
    id: web::Path<Uuid>,
    version: Option<IfMatch>,
    command: Command<AnswerToDraft>,
) -> Result<Reply, Problem> {
    let caller = &applicant.caller;
    command
        .once(&app.pool, caller.id, app.life.clock.now(), async |conn, said| {
            let input = if said.answer == DraftAnswer::Disputed { CORRECTION } else { COMMENT };
            let comment = error::read_text(&input, said.comment.as_deref())?;
            let dossier = answer(&app, conn, *id, &applicant, version.as_ref(), (said.answer, comment)).await?;
            DossierView::reply(&app, conn, dossier, caller).await
        })
        .await
}
