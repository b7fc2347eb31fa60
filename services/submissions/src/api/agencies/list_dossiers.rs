//! `GET /api/v1/agencies/{agency}/dossiers`

use actix_web::{get, web};
use civic::AgencyCode;
use edge::{Official, Page, PageQuery, Problem, Reply, Work, kinds};
use serde::Deserialize;

use super::{filter::DossierFilter, work_item::WorkItem};
use crate::{api::shown::searched, app::App, error, store::lists};

/// Which dossiers, and which page of them.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListAgencyDossiers {
    #[serde(flatten)]
    filter: DossierFilter,
    // Not flattened: of what is flattened everything is text.
    page_size: Option<u32>,
    cursor: Option<String>,
}

edge::failures![kinds::FORBIDDEN, error::AGENCY_NOT_FOUND];

/// List an agency's dossiers
///
/// The dossiers filed at an agency, the earliest due first.
#[utoipa::path(
    operation_id = "list_agency_dossiers",
    tag = "dossiers",
    params(("agency" = AgencyCode, Path, description = "The agency"), DossierFilter, PageQuery),
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
    let ListAgencyDossiers { filter, page_size, cursor } = query.into_inner();
    let bound = format!("list_agency_dossiers {} {} {filter:?}", official.caller.id, *agency);
    let (now, calendar) = (app.life.clock.now(), app.calendars.of(&agency));
    let mut conn = app.pool.get().await?;
    let selection = filter.chosen(&app, &mut conn, &official.caller, &agency).await?;
    // What is turned is a page of the same search.
    let first = cursor.is_none();
    let page = PageQuery { page_size, cursor };
    let limit = i64::try_from(page.size()).unwrap_or(100) + 1;
    let rows = lists::of_agency(&mut conn, &agency, &selection, page.after(&bound)?, limit).await?;
    let page = Page::of(rows, &page, &bound, |(row, ..)| (row.due_at, row.id));
    let items = WorkItem::all(&mut conn, page.items, now, &calendar).await?;
    if let Some(words) = filter.q.as_deref().filter(|words| first && !words.trim().is_empty()) {
        searched(&app, &mut conn, &official.caller, &agency, (words, items.len())).await?;
    }
    Ok(Reply::ok(&Page { items, next: page.next }))
}
