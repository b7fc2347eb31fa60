//! `DELETE /api/v1/tracking/documents/{document_id}`

use actix_web::{delete, web};
use edge::{Problem, Reply};
use uuid::Uuid;

use super::holder::{ReceiptHeaders, ReceiptHolder};
use crate::{app::App, changes::remove_document::remove_document as remove, error, store::dossiers::Reader};

edge::failures![error::DOSSIER_NOT_FOUND, error::SIGN_IN_INSTEAD, error::DOCUMENT_NOT_FOUND, error::NOT_A_DRAFT];

/// Remove a document by receipt
///
/// Takes a document out of what is to answer the open request, by the receipt of a dossier whose applicant has no account.
#[utoipa::path(
    operation_id = "remove_tracked_document",
    tag = "documents",
    extensions(("x-guessable" = json!(true))),
    params(("document_id" = Uuid, Path, description = "The document"), ReceiptHeaders),
    responses((status = 204, description = "It is gone"), Failures)
)]
#[delete("/api/v1/tracking/documents/{document_id}")]
pub async fn remove_tracked_document(
    app: web::Data<App>,
    holder: ReceiptHolder,
    document: web::Path<Uuid>,
) -> Result<Reply, Problem> {
    let ReceiptHolder { dossier, applicant } = holder;
    let (which, reader) = ((dossier, *document), Reader::Party(applicant.party));
    let removed = app.pool.transaction(async |conn| remove(&app, conn, which, &reader, None, &applicant.caller).await);
    let key = removed.await?;
    app.files.discard(&key).await;
    Ok(Reply::no_content())
}
