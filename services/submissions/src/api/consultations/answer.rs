//! `POST /api/v1/dossiers/{id}/consultations/{number}/answer`

use actix_web::{post, web};
use edge::{Command, IdempotencyHeader, IfMatch, Official, OptionalIfMatchHeader, Problem, Reply, kinds};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::view::ConsultationView;
use crate::{
    app::App,
    changes::{answer_consultation::answer_consultation as answer, duties::AnswersConsultations},
    domain::actions::answer_consultation::{ANSWER, Answer},
    error,
};

/// What an agency answers that was asked.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[schema(as = ConsultationAnswer)]
#[serde(deny_unknown_fields)]
pub struct NewAnswer {
    /// The opinion, or why none is given: 10 to 4000 characters, counted as composed.
    #[schema(max_length = 16_000)]
    answer: String,
    /// Whether no opinion is given.
    #[serde(default)]
    declined: bool,
}

edge::failures![kinds::FORBIDDEN, error::DOSSIER_NOT_FOUND, error::OWN_DOSSIER, error::CONSULTATION_OVER];

/// Answer another agency
///
/// Gives the opinion that another agency asked for, with the documents that were added before, or says why none is given.
#[utoipa::path(
    operation_id = "answer_consultation",
    tag = "consultations",
    params(
        ("id" = Uuid, Path, description = "The dossier"),
        ("number" = i32, Path, description = "The number of the question", minimum = 1),
        IdempotencyHeader,
        OptionalIfMatchHeader,
    ),
    request_body(content = NewAnswer, example = json!({"answer": "Người này đã cư trú tại xã từ năm 2015 đến năm 2020."})),
    responses((status = 200, description = "It is answered", body = ConsultationView, headers(
        ("ETag" = String, description = "The version of the dossier"),
    )), Failures),
    security(("bearer" = []))
)]
#[post("/api/v1/dossiers/{id}/consultations/{number}/answer")]
pub async fn answer_consultation(
    app: web::Data<App>,
    official: Official<AnswersConsultations>,
    path: web::Path<(Uuid, i32)>,
    version: Option<IfMatch>,
    command: Command<NewAnswer>,
) -> Result<Reply, Problem> {
    let caller = official.caller.id;
    command
        .once(&app.pool, caller, app.life.clock.now(), async |conn, NewAnswer { answer: text, declined }| {
            let text = error::required_text(&ANSWER, Some(&text))?;
            let dossier = answer(&app, conn, *path, &official, version.as_ref(), Answer { text, declined }).await?;
            ConsultationView::reply(&app, conn, dossier, path.1).await
        })
        .await
}
