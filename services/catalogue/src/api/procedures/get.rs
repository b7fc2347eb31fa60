//! `GET /api/v1/procedures/{code}`

use actix_web::{HttpRequest, HttpResponse, get, web};
use civic::ProcedureCode;
use edge::Problem;
use procedure::Procedure;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{app::App, error, published::Published, store::versions};

/// A procedure in one version.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProcedureView {
    /// The version. A dossier is pinned to the one that is current when its draft is begun.
    #[schema(minimum = 1)]
    pub(super) version: i32,
    #[serde(flatten)]
    pub(super) procedure: Procedure,
}

edge::failures![error::PROCEDURE_NOT_FOUND];

/// Read a procedure
///
/// Everything about a procedure: what it asks for, how long it takes, what it costs, and its form.
#[utoipa::path(
    operation_id = "get_procedure",
    tag = "procedures",
    params(("code" = ProcedureCode, Path, description = "The procedure's code")),
    responses(
        (status = 200, description = "The procedure", body = ProcedureView, headers(
            ("ETag" = String, description = "For `If-None-Match`"),
            ("Cache-Control" = String, description = "`public, max-age=1`"),
        )),
        (status = 304, description = "As when it was last read"),
        Failures,
    )
)]
#[get("/api/v1/procedures/{code}")]
pub async fn get_procedure(
    app: web::Data<App>,
    request: HttpRequest,
    code: web::Path<ProcedureCode>,
) -> Result<HttpResponse, Problem> {
    let load = async || {
        let current = versions::current(&mut *app.pool.get().await?, &code).await?;
        let versions::Version { number: version, procedure } = current.ok_or(error::PROCEDURE_NOT_FOUND)?;
        Ok::<_, Problem>(Published::of(&ProcedureView { version, procedure }))
    };
    let published = app.published.get_or_load(&format!("procedure/{code}"), load).await?;
    Ok(published.respond(&request))
}
