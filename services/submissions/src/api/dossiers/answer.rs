//! `PUT /api/v1/dossiers/{id}/answers`

use actix_web::{put, web};
use edge::{Applicant, IfMatch, Json, Problem, Reply, kinds};
use procedure::Expectation;
use serde::Deserialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;
use uuid::Uuid;

use super::view::DossierView;
use crate::{
    app::App,
    changes::answer::{answer, may_change},
    error,
    store::dossiers::{self, Reader},
};

/// The answers to the procedure's form: an object that its schema takes, complete or not.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(transparent)]
#[schema(as = DossierAnswers, value_type = Object)]
pub struct Answers(Map<String, Value>);

/// The version that the answers were made from.
#[derive(utoipa::IntoParams)]
#[into_params(parameter_in = Header)]
#[allow(dead_code, reason = "describes a header; it is read by IfMatch")]
pub struct IfMatchHeader {
    /// The `ETag` of the dossier as it was last read.
    #[param(rename = "If-Match", example = "\"1\"")]
    if_match: String,
}

/// Replaces the answers of a draft. What is there must be right; what is missing may come later.
#[utoipa::path(
    operation_id = "answer_form",
    tag = "dossiers",
    summary = "Fill the form",
    params(("id" = Uuid, Path, description = "The dossier"), IfMatchHeader),
    request_body = Answers,
    responses((status = 200, description = "The draft", body = DossierView, headers(
        ("ETag" = String, description = "Its version, for `If-Match`"),
    ))),
    security(("bearer" = []))
)]
#[put("/api/v1/dossiers/{id}/answers")]
pub async fn answer_form(
    app: web::Data<App>,
    applicant: Applicant,
    id: web::Path<Uuid>,
    version: IfMatch,
    answers: Json<Answers>,
) -> Result<Reply, Problem> {
    let reader = Reader::Party(applicant.party);
    let answers = Value::Object(answers.0.0);
    let mut conn = app.pool.get().await?;
    let dossier = dossiers::find(&mut conn, *id, &reader).await?.ok_or(error::DOSSIER_NOT_FOUND)?;
    may_change(&dossier, version)?;
    let pinned = app.procedure(&mut conn, dossier.procedure_version).await?;
    drop(conn);
    let findings = pinned.form.check(&answers, Expectation::Draft);
    if !findings.is_empty() {
        return Err(error::with_findings(kinds::INVALID, findings));
    }
    let answers = answers.to_string();
    app.pool
        .transaction(async |conn| {
            let dossier = answer(conn, *id, &reader, version, answers).await?;
            DossierView::reply(&app, conn, dossier, &applicant.caller).await
        })
        .await
}
