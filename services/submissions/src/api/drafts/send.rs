//! `POST /api/v1/dossiers/{id}/drafts`

use actix_web::{HttpRequest, post, web};
use diesel_async::AsyncPgConnection;
use edge::{IdempotencyHeader, IdempotencyKey, IfMatch, Official, OptionalIfMatchHeader, Problem, Reply, kinds};
use files::{MediaType, file_name, with_ending};
use serde::Deserialize;
use uuid::Uuid;

use crate::{
    api::{dossiers::RequestFileView, file_bytes::FileBytes, keep_file::keep_file},
    app::App,
    changes::{duties::SendsDrafts, send_draft::send_draft as send},
    domain::file_key::file_key,
    error,
    store::{
        dossiers::{self, Reader},
        request_files::RequestFile,
    },
};

/// What the draft is called.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct NewDraft {
    /// The file's name, without a path.
    #[param(
        min_length = 1,
        max_length = 200,
        pattern = r"^[ .]*[^\s./\\\x00-\x1F\x7F-\x9F\u200B-\u200F\u2028-\u202E\u2066-\u2069][^/\\\x00-\x1F\x7F-\x9F\u200B-\u200F\u2028-\u202E\u2066-\u2069]*$",
        example = "Dự thảo giấy khai sinh.pdf"
    )]
    file_name: String,
}

edge::failures![
    kinds::FORBIDDEN,
    error::DOSSIER_NOT_FOUND,
    error::OWN_DOSSIER,
    error::STATUS,
    error::NO_DRAFT_WANTED,
    error::DRAFT_OPEN,
    error::OTHER_STAGE,
    error::HELD,
    error::ROLE_MISSING,
    error::FOUR_EYES,
    files::CONTENT_DOES_NOT_MATCH,
    files::UNREADABLE,
    files::LOCKED,
    files::ACTIVE,
    files::INFECTED,
];

/// Send a draft of the result
///
/// Sends the applicant a draft of the result, a PDF, where the procedure wants that: to confirm it, or to ask for its correction, within the
/// working days that the procedure gives. Silence is consent. The agency's time runs meanwhile.
#[utoipa::path(
    operation_id = "send_draft",
    tag = "drafts",
    params(("id" = Uuid, Path, description = "The dossier"), NewDraft, IdempotencyHeader, OptionalIfMatchHeader),
    request_body(description = "The file", content((FileBytes = "application/pdf"))),
    responses((status = 201, description = "The draft", body = RequestFileView, headers(
        ("Location" = String, description = "Where its bytes are"),
    )), Failures),
    security(("bearer" = []))
)]
#[post("/api/v1/dossiers/{id}/drafts")]
pub async fn send_draft(
    app: web::Data<App>,
    official: Official<SendsDrafts>,
    dossier: web::Path<Uuid>,
    query: web::Query<NewDraft>,
    key: IdempotencyKey,
    request: HttpRequest,
    body: web::Payload,
) -> Result<Reply, Problem> {
    let (dossier, reader) = (*dossier, Reader::Agencies(official.agencies()));
    let version = IfMatch::of(&request);
    let name = file_name(&query.file_name)?;
    let known = dossiers::find(&mut *app.pool.get().await?, dossier, &reader).await?;
    known.ok_or(error::DOSSIER_NOT_FOUND)?;
    let id = app.life.new_id();
    let file = app.files.receive(file_key("requests", dossier, id), &[MediaType::Pdf], &request, body).await?;
    let same = format!("{} {name}", request.path());
    let draft = RequestFile {
        id,
        dossier,
        request: 0,
        file_name: with_ending(&name, file.media_type),
        media_type: file.media_type.as_str().into(),
        size: file.size,
        sha256: file.sha256.into(),
        object_key: file.key.clone(),
        uploaded_at: app.life.clock.now(),
        uploaded_by: official.caller.id,
    };
    let keep = async |conn: &mut AsyncPgConnection| {
        let draft = send(&app, conn, draft, &official, version.as_ref()).await?;
        let location = format!("/api/v1/dossiers/{dossier}/drafts/{id}");
        Ok(Reply::created(&RequestFileView::from(&draft), location))
    };
    keep_file(&app, &key, official.caller.id, &same, &file, keep).await
}
