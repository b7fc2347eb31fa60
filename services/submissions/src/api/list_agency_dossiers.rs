//! `GET /api/v1/agencies/{agency}/dossiers`

use actix_web::{get, web};
use chrono::{DateTime, Utc};
use civic::{AgencyCode, DossierStatus, LocalText};
use edge::{Official, Page, PageQuery, Problem, Reply, Work};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{list_dossiers::ListDossiers, references::ProcedureReference};
use crate::{
    app::App,
    error,
    store::lists::{self, Entry},
};

/// A dossier in an agency's work list.
#[derive(Debug, Serialize, ToSchema)]
pub struct WorkItem {
    /// Its id.
    id: Uuid,
    /// Its code.
    code: Option<String>,
    /// Where it stands.
    status: DossierStatus,
    /// The procedure.
    procedure: ProcedureReference,
    /// Whose it is.
    applicant_name: String,
    /// When it was filed.
    submitted_at: Option<DateTime<Utc>>,
    /// When it was received.
    received_at: Option<DateTime<Utc>>,
    /// When its result is due.
    due_at: Option<DateTime<Utc>>,
}

/// The dossiers filed at an agency, the earliest due first.
#[utoipa::path(
    operation_id = "list_agency_dossiers",
    tag = "dossiers",
    summary = "List an agency's dossiers",
    params(("agency" = AgencyCode, Path, description = "The agency"), ListDossiers),
    responses((status = 200, description = "The dossiers", body = Page<WorkItem>)),
    security(("bearer" = []))
)]
#[get("/api/v1/agencies/{agency}/dossiers")]
pub async fn list_agency_dossiers(
    app: web::Data<App>,
    official: Official<Work>,
    agency: web::Path<AgencyCode>,
    query: web::Query<ListDossiers>,
) -> Result<Reply, Problem> {
    if !official.agencies().contains(&agency) {
        return Err(error::AGENCY_NOT_FOUND.into());
    }
    let ListDossiers { status, page_size, cursor } = query.into_inner();
    let page = PageQuery { page_size, cursor };
    let bound = format!("list_agency_dossiers {} {agency} {status:?}", official.caller.id);
    let limit = i64::try_from(page.size()).unwrap_or(100) + 1;
    let mut conn = app.pool.get().await?;
    let rows = lists::of_agency(&mut conn, &agency, status, page.after(&bound)?, limit).await?;
    let page = Page::of(rows, &page, &bound, |(line, ..)| (line.due_at, line.id));
    let items = page.items.into_iter().map(work_item).collect::<Result<_, Problem>>()?;
    Ok(Reply::ok(&Page { items, next: page.next }))
}

fn work_item((line, procedure, _): Entry) -> Result<WorkItem, Problem> {
    Ok(WorkItem {
        id: line.id,
        code: line.code,
        status: line.status.parse().map_err(anyhow::Error::from)?,
        procedure: ProcedureReference {
            code: procedure.procedure,
            version: procedure.version,
            name: LocalText { vi: procedure.name_vi, en: procedure.name_en },
        },
        applicant_name: line.applicant_name,
        submitted_at: line.submitted_at,
        received_at: line.received_at,
        due_at: line.due_at,
    })
}
