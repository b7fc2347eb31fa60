//! `POST /api/v1/dossiers/{id}/consultations/{number}/documents`

use actix_web::{HttpRequest, post, web};
use diesel_async::AsyncPgConnection;
use edge::{IdempotencyHeader, IdempotencyKey, IfMatch, Official, OptionalIfMatchHeader, Problem, Reply, kinds};
use serde::Deserialize;
use uuid::Uuid;

use crate::{
    api::{dossiers::RequestFileView, file_bytes::FileBytes, keep_file::keep_file, receive_pdf::receive_pdf},
    app::App,
    changes::{
        answer_consultation::{add_opinion_document, asked},
        duties::AnswersConsultations,
    },
    error,
    store::request_files::RequestFile,
};

/// What the document is called.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct NewOpinionDocument {
    /// The file's name, without a path.
    #[param(
        min_length = 1,
        max_length = 200,
        pattern = r"^[ .]*[^\s./\\\x00-\x1F\x7F-\x9F\u200B-\u200F\u2028-\u202E\u2066-\u2069][^/\\\x00-\x1F\x7F-\x9F\u200B-\u200F\u2028-\u202E\u2066-\u2069]*$",
        example = "Văn bản trả lời.pdf"
    )]
    file_name: String,
}

edge::failures![
    kinds::FORBIDDEN,
    error::DOSSIER_NOT_FOUND,
    error::OWN_DOSSIER,
    error::CONSULTATION_OVER,
    error::TOO_MANY_DOCUMENTS,
    files::CONTENT_DOES_NOT_MATCH,
    files::UNREADABLE,
    files::LOCKED,
    files::ACTIVE,
    files::INFECTED,
];

/// Add a document to an answer
///
/// Adds a document to the answer that another agency waits for, before it is given: a PDF that people can open.
#[utoipa::path(
    operation_id = "add_consultation_document",
    tag = "consultations",
    params(
        ("id" = Uuid, Path, description = "The dossier"),
        ("number" = i32, Path, description = "The number of the question", minimum = 1),
        NewOpinionDocument,
        IdempotencyHeader,
        OptionalIfMatchHeader,
    ),
    request_body(description = "The file", content((FileBytes = "application/pdf"))),
    responses((status = 201, description = "The document", body = RequestFileView, headers(
        ("Location" = String, description = "Where its bytes are"),
        ("ETag" = String, description = "The version of the dossier then"),
    )), Failures),
    security(("bearer" = []))
)]
#[post("/api/v1/dossiers/{id}/consultations/{number}/documents")]
pub async fn add_consultation_document(
    app: web::Data<App>,
    official: Official<AnswersConsultations>,
    path: web::Path<(Uuid, i32)>,
    query: web::Query<NewOpinionDocument>,
    key: IdempotencyKey,
    request: HttpRequest,
    body: web::Payload,
) -> Result<Reply, Problem> {
    let ((dossier, number), version) = (*path, IfMatch::of(&request));
    let (reader, name) = (asked(&official, number), &query.file_name);
    let pdf = receive_pdf(&app, (dossier, &reader), "requests", name, &request, body).await?;
    let (id, file) = (pdf.id, &pdf.file);
    let same = format!("{} {}", request.path(), pdf.name);
    let document = RequestFile {
        id,
        dossier,
        request: number,
        file_name: pdf.file_name(),
        media_type: file.media_type.as_str().into(),
        size: file.size,
        sha256: file.sha256.into(),
        object_key: file.key.clone(),
        uploaded_at: app.life.clock.now(),
        uploaded_by: official.caller.id,
    };
    let keep = async |conn: &mut AsyncPgConnection| {
        let changed = add_opinion_document(&app, conn, &document, &official, version.as_ref()).await?;
        let location = format!("/api/v1/dossiers/{dossier}/consultations/{number}/files/{id}");
        Ok(Reply::created(&RequestFileView::from(&document), location).version(changed.version))
    };
    keep_file(&app, &key, official.caller.id, &same, file, keep).await
}
