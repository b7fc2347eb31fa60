//! `GET /api/v1/agencies/{agency}/dossiers`

use actix_web::{get, web};
use chrono::NaiveDate;
use civic::{AgencyCode, DossierStatus, OfficialRole, ProcedureCode};
use edge::{Official, Page, PageQuery, Problem, Reply, Work, kinds};
use serde::Deserialize;
use uuid::Uuid;

use super::{filter::DossierFilter, work_item::WorkItem};
use crate::{api::shown::searched, app::App, domain::workload::Part, error, store::lists};

/// Which dossiers.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListAgencyDossiers {
    /// Only those of this status.
    status: Option<DossierStatus>,
    /// Only those of this part of the work.
    #[param(inline)]
    work: Option<Part>,
    /// Only those with all of these words, or words that begin so, without accents and in any case: of the code or its number of
    /// the day, the applicant's name, and what was typed in one line (names, citizen numbers, phones, places).
    #[param(max_length = 100, example = "khoi nguyen")]
    q: Option<String>,
    /// Only those of this procedure.
    procedure: Option<ProcedureCode>,
    /// Only those filed on this day in Vietnam or later.
    from: Option<NaiveDate>,
    /// Only those filed on this day in Vietnam or earlier.
    until: Option<NaiveDate>,
    /// Only those in the hands of `ME`, of `NOBODY` (while they are worked on), or of the official with this id.
    #[param(pattern = "^(ME|NOBODY|[0-9a-fA-F-]{36})$", example = "ME")]
    holder: Option<String>,
    /// Only those at a stage of this role.
    #[param(inline)]
    stage_role: Option<OfficialRole>,
    /// Rows a page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    page_size: Option<u32>,
    /// The `next` of the page before.
    #[param(max_length = 512, pattern = "^[A-Za-z0-9_-]+$")]
    cursor: Option<String>,
}

edge::failures![kinds::FORBIDDEN, error::AGENCY_NOT_FOUND];

/// List an agency's dossiers
///
/// The dossiers filed at an agency, the earliest due first.
#[utoipa::path(
    operation_id = "list_agency_dossiers",
    tag = "dossiers",
    params(("agency" = AgencyCode, Path, description = "The agency"), ListAgencyDossiers),
    responses((status = 200, description = "The dossiers", body = Page<WorkItem>), Failures),
    security(("bearer" = []))
)]
#[get("/api/v1/agencies/{agency}/dossiers")]
pub async fn list_agency_dossiers(
    app: web::Data<App>,
    official: Official<Work>,
    agency: web::Path<AgencyCode>,
    query: web::Query<ListAgencyDossiers>,
) -> Result<Reply, Problem> {
    if !official.agencies().contains(&agency) {
        return Err(error::AGENCY_NOT_FOUND.into());
    }
    let query = query.into_inner();
    let bound = query.bound(official.caller.id, &agency);
    let (now, calendar) = (app.life.clock.now(), app.calendars.of(&agency));
    let mut conn = app.pool.get().await?;
    let selection = query.filter().chosen(&app, &mut conn, &official.caller, &agency).await?;
    // What is turned is a page of the same search.
    let first = query.cursor.is_none();
    let page = PageQuery { page_size: query.page_size, cursor: query.cursor };
    let limit = i64::try_from(page.size()).unwrap_or(100) + 1;
    let rows = lists::of_agency(&mut conn, &agency, &selection, page.after(&bound)?, limit).await?;
    let page = Page::of(rows, &page, &bound, |(row, ..)| (row.due_at, row.id));
    let items = WorkItem::all(&mut conn, page.items, now, &calendar).await?;
    if let Some(words) = query.q.as_deref().filter(|words| first && !words.trim().is_empty()) {
        searched(&app, &mut conn, &official.caller, &agency, (words, items.len())).await?;
    }
    Ok(Reply::ok(&Page { items, next: page.next }))
}

impl ListAgencyDossiers {
    /// What a cursor belongs to.
    fn bound(&self, official: Uuid, agency: &AgencyCode) -> String {
        let Self { status, work, q, procedure, from, until, holder, stage_role, .. } = self;
        format!(
            "list_agency_dossiers {official} {agency} {status:?} {work:?} {q:?} {procedure:?} {from:?} {until:?} {holder:?} {stage_role:?}"
        )
    }

    fn filter(&self) -> DossierFilter {
        let Self { status, work, q, procedure, from, until, holder, stage_role, .. } = self;
        DossierFilter {
            status: *status,
            work: *work,
            q: q.clone(),
            procedure: procedure.clone(),
            from: *from,
            until: *until,
            holder: holder.clone(),
            stage_role: *stage_role,
        }
    }
}
