//! `POST /api/v1/dossiers/{id}/refusal-document`

use actix_web::{HttpRequest, post, web};
use diesel_async::AsyncPgConnection;
use edge::{IdempotencyHeader, IdempotencyKey, IfMatch, Official, OptionalIfMatchHeader, Problem, Reply, kinds};
use serde::Deserialize;
use uuid::Uuid;

use super::view::{ResultView, created, issued};
use crate::{
    api::{file_bytes::FileBytes, keep_file::keep_file, receive_pdf::receive_pdf},
    app::App,
    changes::{decline::decline, duties::Declines},
    domain::{actions::decline::REASON, result_kind::ResultKind},
    error,
    store::dossiers::Reader,
};

/// What the document is called, and what it says in short.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct NewRefusalDocument {
    /// The file's name, without a path.
    #[param(
        min_length = 1,
        max_length = 200,
        pattern = r"^[ .]*[^\s./\\\x00-\x1F\x7F-\x9F\u200B-\u200F\u2028-\u202E\u2066-\u2069][^/\\\x00-\x1F\x7F-\x9F\u200B-\u200F\u2028-\u202E\u2066-\u2069]*$",
        example = "Văn bản từ chối.pdf"
    )]
    file_name: String,
    /// The reason of law, 10 to 500 characters, counted as composed.
    #[param(min_length = 1, max_length = 2000, example = "Không đủ điều kiện theo Điều 16 Luật Hộ tịch.")]
    reason: String,
}

edge::failures![
    kinds::FORBIDDEN,
    error::DOSSIER_NOT_FOUND,
    error::OWN_DOSSIER,
    error::STATUS,
    error::CONSULTATION_OPEN,
    error::OTHER_STAGE,
    error::HELD,
    error::ROLE_MISSING,
    error::FOUR_EYES,
    error::CHARGE_OPEN,
    files::CONTENT_DOES_NOT_MATCH,
    files::UNREADABLE,
    files::LOCKED,
    files::ACTIVE,
    files::INFECTED,
];

/// Decide against what was applied for
///
/// Completes a dossier that was received, or on which the work was stopped, with a document that says why what was applied for is
/// declined: a PDF that people can open. The applicant is told, and gets this document and no other result.
#[utoipa::path(
    operation_id = "decline_dossier",
    tag = "results",
    params(("id" = Uuid, Path, description = "The dossier"), NewRefusalDocument, IdempotencyHeader, OptionalIfMatchHeader),
    request_body(description = "The file", content((FileBytes = "application/pdf"))),
    responses((status = 201, description = "The document", body = ResultView, headers(
        ("Location" = String, description = "Where its bytes are"),
    )), Failures),
    security(("bearer" = []))
)]
#[post("/api/v1/dossiers/{id}/refusal-document")]
pub async fn decline_dossier(
    app: web::Data<App>,
    official: Official<Declines>,
    dossier: web::Path<Uuid>,
    query: web::Query<NewRefusalDocument>,
    key: IdempotencyKey,
    request: HttpRequest,
    body: web::Payload,
) -> Result<Reply, Problem> {
    let (dossier, reader) = (*dossier, Reader::Agencies(official.agencies()));
    let version = IfMatch::of(&request);
    let reason = error::required_text(&REASON, Some(&query.reason))?;
    let pdf = receive_pdf(&app, (dossier, &reader), "results", &query.file_name, &request, body).await?;
    let same = format!("{} {} {reason}", request.path(), pdf.name);
    let document = issued(&pdf, dossier, ResultKind::Refusal, official.caller.id, app.life.clock.now());
    let keep = async |conn: &mut AsyncPgConnection| {
        decline(&app, conn, &document, &official, version.as_ref(), &reason).await?;
        Ok(created(document))
    };
    keep_file(&app, &key, official.caller.id, &same, &pdf.file, keep).await
}
