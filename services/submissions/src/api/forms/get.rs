//! `GET /api/v1/dossiers/{id}/forms/{form}`

use actix_web::{HttpRequest, HttpResponse, get, web};
use edge::{Problem, SignedIn};
use serde_json::json;
use uuid::Uuid;

use super::{for_dossier::form, number::FormNumber, pdf::pdf, print::too_much, source::Source};
use crate::{
    api::{file_bytes::FileBytes, reader, shown::shown},
    app::App,
    error,
    store::dossiers::{self, Reader},
};

edge::failures![
    error::DOSSIER_NOT_FOUND,
    error::FORM_FOR_OFFICIALS,
    error::NOT_RECEIVED_YET,
    error::NEVER_SUPPLEMENTED,
    error::NEVER_REFUSED,
    error::NEVER_EXTENDED,
    error::NEVER_STOPPED,
    error::NEVER_HANDED_OVER,
];

/// Print a form about a dossier
///
/// A form of the one-stop mechanism as a PDF (PDF/UA, PDF/A), filled from the dossier: to the officials of its agency, of whom it is
/// written down, and to its applicant, but for form 06. The same dossier gives the same bytes. Its QR code leads to the page where the
/// dossier is followed, and holds no secret.
#[utoipa::path(
    operation_id = "get_dossier_form",
    tag = "forms",
    params(
        ("id" = Uuid, Path, description = "The dossier"),
        ("form" = FormNumber, Path, description = "The form's number"),
    ),
    responses((status = 200, description = "The form", content((FileBytes = "application/pdf")), headers(
        ("ETag" = String, description = "What tells this form from any other, for `If-None-Match`"),
        ("Content-Disposition" = String, description = "`attachment`, with its name: number and code"),
    )), Failures),
    security(("bearer" = []))
)]
#[get("/api/v1/dossiers/{id}/forms/{form}")]
pub async fn get_dossier_form(
    app: web::Data<App>,
    caller: SignedIn,
    path: web::Path<(Uuid, FormNumber)>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let ((id, number), reader) = (*path, reader(&caller.0));
    let mut conn = app.pool.get().await?;
    let dossier = dossiers::find(&mut conn, id, &reader).await?.ok_or(error::DOSSIER_NOT_FOUND)?;
    if number.is_for_officials() && matches!(reader, Reader::Party(_)) {
        return Err(error::FORM_FOR_OFFICIALS.into());
    }
    let source = Source::read(&app, &mut conn, dossier).await?;
    let form = form(number, &source)?;
    shown(&app, &mut conn, (&caller.0, &reader), id, json!({"shown": "form", "form": number})).await?;
    drop(conn);
    pdf(&app, &request, &format!("{number}-{}.pdf", source.filed.code), vec![form], too_much).await
}
