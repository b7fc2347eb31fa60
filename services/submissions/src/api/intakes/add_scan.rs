//! `POST /api/v1/dossiers/{id}/scans`

use actix_web::{HttpRequest, post, web};
use diesel_async::AsyncPgConnection;
use edge::{IdempotencyHeader, IdempotencyKey, IfMatch, Official, OptionalIfMatchHeader, Problem, Reply, kinds};
use uuid::Uuid;

use crate::{
    api::{
        documents::{DocumentView, NewDocument, upload},
        file_bytes::FileBytes,
    },
    app::App,
    changes::{add_document::add_scan as add, duties::Receives},
    error,
    store::dossiers::Reader,
};

edge::failures![
    kinds::FORBIDDEN,
    error::DOSSIER_NOT_FOUND,
    error::OWN_DOSSIER,
    error::STATUS,
    error::NOT_TAKEN_IN_BY_HAND,
    error::NOT_ASKED,
    error::TOO_MANY_DOCUMENTS,
    files::CONTENT_DOES_NOT_MATCH,
    files::UNREADABLE,
    files::LOCKED,
    files::ACTIVE,
    files::INFECTED,
];

/// Add a scan
///
/// A scan or a picture of a paper that was handed in, by a receiver of the agency or of the centre that took the dossier in: with the dossier,
/// or, also where it was filed online, in answer to the open request. It is held to the same as what applicants upload.
#[utoipa::path(
    operation_id = "add_scan",
    tag = "intakes",
    params(("id" = Uuid, Path, description = "The dossier"), NewDocument, IdempotencyHeader, OptionalIfMatchHeader),
    request_body(description = "The file", content(
        (FileBytes = "application/pdf"), (FileBytes = "image/jpeg"), (FileBytes = "image/png"),
    )),
    responses((status = 201, description = "The document", body = DocumentView, headers(
        ("Location" = String, description = "Where its bytes are"),
    )), Failures),
    security(("bearer" = []))
)]
#[post("/api/v1/dossiers/{id}/scans")]
pub async fn add_scan(
    app: web::Data<App>,
    official: Official<Receives>,
    dossier: web::Path<Uuid>,
    query: web::Query<NewDocument>,
    (key, version): (IdempotencyKey, Option<IfMatch>),
    request: HttpRequest,
    body: web::Payload,
) -> Result<Reply, Problem> {
    let reader = Reader::Desks(official.agencies());
    let what = (*dossier, query.into_inner(), &reader);
    upload(&app, what, (key, official.caller.id), (&request, body), async |conn: &mut AsyncPgConnection, document| {
        add(&app, conn, document, &reader, version.as_ref(), &official.caller).await
    })
    .await
}
