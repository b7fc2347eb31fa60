//! `PUT /api/v1/dossiers/{id}/return-way`

use actix_web::{put, web};
use edge::{Applicant, IfMatch, Json, OptionalIfMatchHeader, Problem, Reply, kinds};
use uuid::Uuid;

use super::{return_choice::ReturnChoice, view::DossierView};
use crate::{app::App, changes::choose_return::choose_return, error};

edge::failures![kinds::FORBIDDEN, error::DOSSIER_NOT_FOUND, error::STATUS];

/// Choose how the result is given back
///
/// At the counter, by post to an address, or as a document to download: for a draft, and until the result is handed over. Where nothing is
/// chosen, what was filed online is given back as a document, what was handed in at a counter there, and what came by post by post.
#[utoipa::path(
    operation_id = "choose_return_way",
    tag = "dossiers",
    params(("id" = Uuid, Path, description = "The dossier"), OptionalIfMatchHeader),
    request_body(content = ReturnChoice, example = json!({
        "way": "POST", "address": "Số 12, đường Nguyễn Tất Thành, phường Đồi Chè, tỉnh Phú Thọ", "phone": "+84912345678",
    })),
    responses((status = 200, description = "It is noted", body = DossierView, headers(
        ("ETag" = String, description = "Its version"),
    )), Failures),
    security(("bearer" = []))
)]
#[put("/api/v1/dossiers/{id}/return-way")]
pub async fn choose_return_way(
    app: web::Data<App>,
    applicant: Applicant,
    id: web::Path<Uuid>,
    version: Option<IfMatch>,
    choice: Json<ReturnChoice>,
) -> Result<Reply, Problem> {
    let wanted = choice.0.wanted("")?;
    app.pool
        .transaction(async |conn| {
            let dossier = choose_return(&app, conn, *id, &applicant, version.as_ref(), &wanted).await?;
            DossierView::reply(&app, conn, dossier, &applicant.caller).await
        })
        .await
}
