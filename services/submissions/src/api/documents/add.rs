//! `POST /api/v1/dossiers/{id}/documents`

use actix_web::{HttpRequest, post, web};
use diesel_async::AsyncPgConnection;
use edge::{Applicant, IdempotencyHeader, IdempotencyKey, IfMatch, OptionalIfMatchHeader, Problem, Reply, kinds};
use files::{MediaType, file_name, with_ending};
use serde::Deserialize;
use uuid::Uuid;

use super::view::DocumentView;
use crate::{
    api::{file_bytes::FileBytes, keep_file::keep_file},
    app::App,
    changes::add_document::add_document as add,
    domain::file_key::file_key,
    error,
    store::{
        documents::Document,
        dossiers::{self, Reader},
    },
};

/// What the document is.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct NewDocument {
    /// The code of one of the procedure's components.
    #[param(min_length = 1, max_length = 100, example = "GIAY_CHUNG_SINH")]
    component: String,
    /// The file's name, without a path.
    #[param(
        min_length = 1,
        max_length = 200,
        pattern = r"^[ .]*[^\s./\\\x00-\x1F\x7F-\x9F\u200B-\u200F\u2028-\u202E\u2066-\u2069][^/\\\x00-\x1F\x7F-\x9F\u200B-\u200F\u2028-\u202E\u2066-\u2069]*$",
        example = "Giấy chứng sinh.pdf"
    )]
    file_name: String,
}

edge::failures![
    kinds::FORBIDDEN,
    error::DOSSIER_NOT_FOUND,
    error::NOT_A_DRAFT,
    error::NOT_ASKED,
    error::TOO_MANY_DOCUMENTS,
    files::CONTENT_DOES_NOT_MATCH,
    files::UNREADABLE,
    files::LOCKED,
    files::ACTIVE,
    files::INFECTED,
];

/// Upload a document
///
/// Uploads a paper of a draft, or one that the open request about a filed dossier asks for. The body is the file itself, one that people can open: broken, locked and active ones are refused. Its
/// name is given the ending of its type. Of a picture nothing is kept that says where or when it was taken, so its size and hash may
/// be others than those of what was sent.
#[utoipa::path(
    operation_id = "add_document",
    tag = "documents",
    params(("id" = Uuid, Path, description = "The dossier"), NewDocument, IdempotencyHeader, OptionalIfMatchHeader),
    request_body(description = "The file", content(
        (FileBytes = "application/pdf"), (FileBytes = "image/jpeg"), (FileBytes = "image/png"),
    )),
    responses((status = 201, description = "The document", body = DocumentView, headers(
        ("Location" = String, description = "Where its bytes are"),
    )), Failures),
    security(("bearer" = []))
)]
#[post("/api/v1/dossiers/{id}/documents")]
pub async fn add_document(
    app: web::Data<App>,
    applicant: Applicant,
    dossier: web::Path<Uuid>,
    query: web::Query<NewDocument>,
    (key, version): (IdempotencyKey, Option<IfMatch>),
    request: HttpRequest,
    body: web::Payload,
) -> Result<Reply, Problem> {
    let reader = Reader::Party(applicant.party);
    let as_what = (*dossier, query.into_inner(), &reader);
    upload(
        &app,
        as_what,
        (key, applicant.caller.id),
        (&request, body),
        async |conn: &mut AsyncPgConnection, document| {
            add(&app, conn, document, &reader, version.as_ref(), &applicant.caller).await
        },
    )
    .await
}

/// Takes a file in for a dossier that `reader` sees, and has `keep` name it in a row.
pub(in crate::api) async fn upload(
    app: &App,
    (dossier, what, reader): (Uuid, NewDocument, &Reader),
    (key, caller): (IdempotencyKey, Uuid),
    (request, body): (&HttpRequest, web::Payload),
    keep: impl AsyncFnOnce(&mut AsyncPgConnection, Document) -> Result<Document, Problem>,
) -> Result<Reply, Problem> {
    let NewDocument { component, file_name: name } = what;
    let name = file_name(&name)?;
    check(app, dossier, reader, &component).await?;
    let id = app.life.new_id();
    let file = app.files.receive(file_key("dossiers", dossier, id), &MediaType::ALL, request, body).await?;
    let same = format!("{} {component} {name}", request.path());
    let document = Document {
        id,
        dossier,
        component,
        file_name: with_ending(&name, file.media_type),
        media_type: file.media_type.as_str().into(),
        size: file.size,
        sha256: file.sha256.into(),
        object_key: file.key.clone(),
        uploaded_at: app.life.clock.now(),
        request: None,
    };
    let row = async |conn: &mut AsyncPgConnection| {
        let document = keep(conn, document).await?;
        // By a receipt it is where it was sent to; a scan is a document of its dossier as any other.
        let folder = request.path().replace("/scans", "/documents");
        let location = format!("{folder}/{id}");
        Ok(Reply::created(&DocumentView::from(document), location))
    };
    keep_file(app, &key, caller, &same, &file, row).await
}

/// Before anything is read: is there such a dossier, and does its procedure ask for this?
async fn check(app: &App, dossier: Uuid, reader: &Reader, component: &str) -> Result<(), Problem> {
    let mut conn = app.pool.get().await?;
    let dossier = dossiers::find(&mut conn, dossier, reader).await?.ok_or(error::DOSSIER_NOT_FOUND)?;
    let pinned = app.procedure(&mut conn, dossier.procedure_version).await?;
    let known = pinned.procedure.component(component);
    known.map(drop).ok_or_else(|| error::unknown_component("component"))
}
