//! `GET /api/v1/procedures/{code}`

use actix_web::{HttpRequest, HttpResponse, get, web};
use chrono::{DateTime, Utc};
use civic::ProcedureCode;
use diesel::QueryResult;
use diesel_async::AsyncPgConnection;
use edge::Problem;
use procedure::Procedure;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    app::App,
    error,
    published::Published,
    store::{
        procedures::{self, Withdrawal},
        versions::{self, Version},
    },
};

/// That a procedure is not offered any more.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProcedureWithdrawal {
    /// Since when.
    withdrawn_at: DateTime<Utc>,
    /// By which decision. Of a version that ended on the day that it says, the one by which it was announced; empty when it was published
    /// without.
    #[schema(example = "567/QĐ-UBND")]
    decision: String,
    /// Why.
    reason: String,
}

impl From<Withdrawal> for ProcedureWithdrawal {
    fn from(Withdrawal { withdrawn_at, decision, reason }: Withdrawal) -> Self {
        Self { withdrawn_at, decision, reason }
    }
}

/// A procedure in one version.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProcedureView {
    /// The version. A dossier is pinned to the one that is current when its draft is begun.
    #[schema(minimum = 1)]
    pub(super) version: i32,
    /// The decision by which this version was announced; not said of one that was published without.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "1234/QĐ-UBND")]
    pub(super) decision: Option<String>,
    /// That nobody can begin a dossier of it any more; not said while it is offered, nor of versions before the current one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) withdrawn: Option<ProcedureWithdrawal>,
    #[serde(flatten)]
    pub(super) procedure: Procedure,
}

edge::failures![error::PROCEDURE_NOT_FOUND];

/// Read a procedure
///
/// Everything about a procedure: what it asks for, how long it takes, what it costs, and its form. Asked for by a code that it had before it
/// was renumbered, it answers with the procedure that took its place, and `code` says which.
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
        let conn = &mut *app.pool.get().await?;
        let shown = shown(conn, &code).await?.ok_or(error::PROCEDURE_NOT_FOUND)?;
        let (Version { number: version, procedure, decision }, withdrawn) = shown;
        let withdrawn = withdrawn.map(ProcedureWithdrawal::from);
        Ok::<_, Problem>(Published::of(&ProcedureView { version, decision, withdrawn, procedure }))
    };
    let published = app.published.get_or_load(&format!("procedure/{code}"), load).await?;
    Ok(published.respond(&request))
}

/// The procedure; what took its place, where it is not offered any more, or never was under this code.
async fn shown(
    conn: &mut AsyncPgConnection,
    code: &ProcedureCode,
) -> QueryResult<Option<(Version, Option<Withdrawal>)>> {
    let own = current(conn, code).await?;
    if let Some((_, None)) = own {
        return Ok(own);
    }
    match versions::renumbered(conn, code).await? {
        Some(renumbered) => current(conn, &renumbered).await,
        None => Ok(own),
    }
}

async fn current(
    conn: &mut AsyncPgConnection,
    code: &ProcedureCode,
) -> QueryResult<Option<(Version, Option<Withdrawal>)>> {
    let Some(current) = versions::current(conn, code).await? else { return Ok(None) };
    Ok(Some((current, procedures::withdrawal(conn, code).await?)))
}
