//! `GET /api/v1/agencies/{agency}/intakes`

use actix_web::{get, web};
use chrono::{DateTime, Utc};
use civic::{AgencyCode, DossierCode, DossierStatus, LocalText};
use edge::{Official, Page, PageQuery, Problem, Reply, Work, kinds};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    api::references::{AgencyReference, ProcedureReference},
    app::App,
    error,
    store::lists::{self, Entry},
};

/// Which of them.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListIntakes {
    /// Only the one with this code.
    #[param(value_type = Option<String>, max_length = 64, example = "H44.101-260721-00001")]
    code: Option<DossierCode>,
    /// Rows a page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    page_size: Option<u32>,
    /// The `next` of the page before.
    #[param(max_length = 512, pattern = "^[A-Za-z0-9_-]+$")]
    cursor: Option<String>,
}

/// A dossier that was taken in for another agency.
#[derive(Debug, Serialize, ToSchema)]
pub struct IntakeSummary {
    /// The dossier.
    id: Uuid,
    /// Its code.
    code: Option<String>,
    /// Where it stands.
    status: DossierStatus,
    /// Whose it is, by name.
    applicant_name: String,
    /// The procedure.
    procedure: ProcedureReference,
    /// The agency that it was taken in for.
    agency: AgencyReference,
    /// When it was taken in.
    submitted_at: Option<DateTime<Utc>>,
    /// When its result is due.
    due_at: Option<DateTime<Utc>>,
    /// When its result was ready.
    completed_at: Option<DateTime<Utc>>,
}

edge::failures![kinds::FORBIDDEN, error::AGENCY_NOT_FOUND];

/// List what a counter took in for other agencies
///
/// The newest first: where each stands, with whom. What it took in for itself is among its own work.
#[utoipa::path(
    operation_id = "list_intakes",
    tag = "intakes",
    params(("agency" = AgencyCode, Path, description = "The agency of the counter"), ListIntakes),
    responses((status = 200, description = "The dossiers", body = Page<IntakeSummary>), Failures),
    security(("bearer" = []))
)]
#[get("/api/v1/agencies/{agency}/intakes")]
pub async fn list_intakes(
    app: web::Data<App>,
    official: Official<Work>,
    agency: web::Path<AgencyCode>,
    query: web::Query<ListIntakes>,
) -> Result<Reply, Problem> {
    if !official.agencies().contains(&agency) {
        return Err(error::AGENCY_NOT_FOUND.into());
    }
    let ListIntakes { code, page_size, cursor } = query.into_inner();
    let page = PageQuery { page_size, cursor };
    let bound = format!("list_intakes {} {code:?}", *agency);
    let limit = i64::try_from(page.size()).unwrap_or(100) + 1;
    let mut conn = app.pool.get().await?;
    let rows = lists::taken_in(&mut conn, &agency, code.as_ref(), page.after(&bound)?, limit).await?;
    let page = Page::of(rows, &page, &bound, |(row, ..)| (row.submitted_at, row.id));
    let items = page.items.into_iter().map(summary).collect::<Result<_, Problem>>()?;
    Ok(Reply::ok(&Page { items, next: page.next }))
}

fn summary((row, procedure, agency): Entry) -> Result<IntakeSummary, Problem> {
    Ok(IntakeSummary {
        id: row.id,
        code: row.code,
        status: row.status.parse().map_err(anyhow::Error::from)?,
        applicant_name: row.applicant_name,
        procedure: ProcedureReference {
            code: procedure.procedure,
            version: procedure.version,
            name: LocalText { vi: procedure.name_vi, en: procedure.name_en },
        },
        agency: AgencyReference { code: row.agency, name: LocalText { vi: agency.name_vi, en: agency.name_en } },
        submitted_at: row.submitted_at,
        due_at: row.due_at,
        completed_at: row.completed_at,
    })
}
