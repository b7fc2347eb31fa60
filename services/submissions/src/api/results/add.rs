//! `POST /api/v1/dossiers/{id}/results`

use actix_web::{HttpRequest, post, web};
use diesel_async::AsyncPgConnection;
use edge::{IdempotencyHeader, IdempotencyKey, IfMatch, Official, OptionalIfMatchHeader, Problem, Reply, kinds};
use serde::Deserialize;
use uuid::Uuid;

use super::view::{ResultView, created, issued};
use crate::{
    api::{file_bytes::FileBytes, keep_file::keep_file, receive_pdf::receive_pdf},
    app::App,
    changes::{add_result::add_result as add, duties::Issues},
    domain::result_kind::ResultKind,
    error,
    store::dossiers::Reader,
};

/// What the result is called.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct NewResult {
    /// The file's name, without a path.
    #[param(
        min_length = 1,
        max_length = 200,
        pattern = r"^[ .]*[^\s./\\\x00-\x1F\x7F-\x9F\u200B-\u200F\u2028-\u202E\u2066-\u2069][^/\\\x00-\x1F\x7F-\x9F\u200B-\u200F\u2028-\u202E\u2066-\u2069]*$",
        example = "Giấy khai sinh.pdf"
    )]
    file_name: String,
}

edge::failures![
    kinds::FORBIDDEN,
    error::DOSSIER_NOT_FOUND,
    error::OWN_DOSSIER,
    error::TOO_MANY_DOCUMENTS,
    error::STATUS,
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

/// Issue a result
///
/// Issues a result document for a dossier that was received: a PDF that people can open. The applicant sees it once the dossier is
/// completed. Fifty may stand at once; one that was issued by mistake can be taken back before that.
#[utoipa::path(
    operation_id = "add_result",
    tag = "results",
    params(("id" = Uuid, Path, description = "The dossier"), NewResult, IdempotencyHeader, OptionalIfMatchHeader),
    request_body(description = "The file", content((FileBytes = "application/pdf"))),
    responses((status = 201, description = "The result", body = ResultView, headers(
        ("Location" = String, description = "Where its bytes are"),
    )), Failures),
    security(("bearer" = []))
)]
#[post("/api/v1/dossiers/{id}/results")]
pub async fn add_result(
    app: web::Data<App>,
    official: Official<Issues>,
    dossier: web::Path<Uuid>,
    query: web::Query<NewResult>,
    key: IdempotencyKey,
    request: HttpRequest,
    body: web::Payload,
) -> Result<Reply, Problem> {
    let (dossier, reader) = (*dossier, Reader::Agencies(official.agencies()));
    let version = IfMatch::of(&request);
    let pdf = receive_pdf(&app, (dossier, &reader), "results", &query.file_name, &request, body).await?;
    let same = format!("{} {}", request.path(), pdf.name);
    let result = issued(&pdf, dossier, ResultKind::Result, official.caller.id, app.life.clock.now());
    let keep = async |conn: &mut AsyncPgConnection| {
        add(&app, conn, &result, &official, version.as_ref()).await?;
        Ok(created(result))
    };
    keep_file(&app, &key, official.caller.id, &same, &pdf.file, keep).await
}
