//! `POST /api/v1/tracking/documents`

use actix_web::{HttpRequest, post, web};
use diesel_async::AsyncPgConnection;
use edge::{IdempotencyHeader, IdempotencyKey, Problem, Reply};

use super::holder::{ReceiptHeaders, ReceiptHolder};
use crate::{
    api::{
        documents::{DocumentView, NewDocument, upload},
        file_bytes::FileBytes,
    },
    app::App,
    changes::add_document::add_document as add,
    error,
    store::dossiers::Reader,
};

edge::failures![
    error::DOSSIER_NOT_FOUND,
    error::SIGN_IN_INSTEAD,
    error::NOT_A_DRAFT,
    error::NOT_ASKED,
    error::TOO_MANY_DOCUMENTS,
    files::CONTENT_DOES_NOT_MATCH,
    files::UNREADABLE,
    files::LOCKED,
    files::ACTIVE,
    files::INFECTED,
];

/// Upload a document by receipt
///
/// Uploads a paper that the open request asks for, by the receipt of a dossier whose applicant has no account. The file is as that of a signed-in
/// applicant.
#[utoipa::path(
    operation_id = "add_tracked_document",
    tag = "documents",
    extensions(("x-guessable" = json!(true))),
    params(ReceiptHeaders, NewDocument, IdempotencyHeader),
    request_body(description = "The file", content(
        (FileBytes = "application/pdf"), (FileBytes = "image/jpeg"), (FileBytes = "image/png"),
    )),
    responses((status = 201, description = "The document", body = DocumentView, headers(
        ("Location" = String, description = "Where it can be removed"),
    )), Failures)
)]
#[post("/api/v1/tracking/documents")]
pub async fn add_tracked_document(
    app: web::Data<App>,
    holder: ReceiptHolder,
    query: web::Query<NewDocument>,
    key: IdempotencyKey,
    request: HttpRequest,
    body: web::Payload,
) -> Result<Reply, Problem> {
    let ReceiptHolder { dossier, applicant } = holder;
    let reader = Reader::Party(applicant.party);
    let what = (dossier, query.into_inner(), &reader);
    upload(&app, what, (key, dossier), (&request, body), async |conn: &mut AsyncPgConnection, document| {
        add(&app, conn, document, &reader, None, &applicant.caller).await
    })
    .await
}
