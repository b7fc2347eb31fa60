//! `PUT /api/v1/dossiers/{id}/answers`

use actix_web::{put, web};
use civic::VIETNAM;
use edge::{Applicant, IfMatch, IfMatchHeader, Json, Problem, Reply, kinds};
use procedure::{Expectation, Judged};
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
#[schema(as = DossierAnswers, value_type = std::collections::BTreeMap<String, Value>)]
pub struct Answers(Map<String, Value>);

edge::failures![kinds::FORBIDDEN, error::DOSSIER_NOT_FOUND, error::NOT_A_DRAFT];

/// Fill the form
///
/// Replaces the answers of a draft. What is there must be right and possible; what is missing may come later. Answers are read as
/// people type them and kept in one form: texts composed and without needless blanks, phones with `+84`.
#[utoipa::path(
    operation_id = "answer_form",
    tag = "dossiers",
    params(("id" = Uuid, Path, description = "The dossier"), IfMatchHeader),
    request_body(content = Answers, example = json!({"child_name": "Nguyễn Minh Khôi", "child_gender": "MALE", "child_birth_date": "2026-07-15"})),
    responses((status = 200, description = "The draft", body = DossierView, headers(
        ("ETag" = String, description = "Its version, for `If-Match`"),
    )), Failures),
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
    may_change(&dossier, &version)?;
    let pinned = app.procedure(&mut conn, dossier.procedure_version).await?;
    drop(conn);
    let today = app.life.clock.now().with_timezone(&VIETNAM).date_naive();
    let Judged { answers, findings } = pinned.judge(answers, Expectation::Draft, today);
    if !findings.is_empty() {
        return Err(error::with_findings(kinds::INVALID, findings));
    }
    let answers = answers.to_string();
    app.pool
        .transaction(async |conn| {
            let dossier = answer(conn, *id, &reader, &version, answers, app.life.clock.now()).await?;
            DossierView::reply(&app, conn, dossier, &applicant.caller).await
        })
        .await
}
