//! `GET /api/v1/procedures/{code}/versions/{version}`

use actix_web::{HttpRequest, HttpResponse, get, web};
use civic::ProcedureCode;
use edge::Problem;

use super::get::ProcedureView;
use crate::{app::App, error, published::Published, store::versions};

edge::failures![error::PROCEDURE_NOT_FOUND];

/// Read a version of a procedure
///
/// A procedure as it was in one version, such as the one that a dossier is pinned to. A version never changes.
#[utoipa::path(
    operation_id = "get_procedure_version",
    tag = "procedures",
    params(
        ("code" = ProcedureCode, Path, description = "The procedure's code"),
        ("version" = i32, Path, description = "The version", minimum = 1),
    ),
    responses(
        (status = 200, description = "The procedure", body = ProcedureView, headers(
            ("ETag" = String, description = "For `If-None-Match`"),
            ("Cache-Control" = String, description = "`public, max-age=1`"),
        )),
        (status = 304, description = "As when it was last read"),
        Failures,
    )
)]
#[get("/api/v1/procedures/{code}/versions/{version}")]
pub async fn get_procedure_version(
    app: web::Data<App>,
    request: HttpRequest,
    path: web::Path<(ProcedureCode, i32)>,
) -> Result<HttpResponse, Problem> {
    let (code, number) = path.into_inner();
    let load = async || {
        let found = versions::numbered(&mut *app.pool.get().await?, &code, number).await?;
        let versions::Version { number: version, procedure, decision } = found.ok_or(error::PROCEDURE_NOT_FOUND)?;
        Ok::<_, Problem>(Published::of(&ProcedureView { version, decision, withdrawn: None, procedure }))
    };
    let published = app.published.get_or_load(&format!("procedure/{code}/{number}"), load).await?;
    Ok(published.respond(&request))
}
