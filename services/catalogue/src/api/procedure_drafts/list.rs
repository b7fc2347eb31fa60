//! `GET /api/v1/procedure-drafts`

use actix_web::{get, web};
use edge::{Page, PageQuery, Problem, Reply, kinds};
use serde::Deserialize;

use super::view::ProcedureDraftSummary;
use crate::{api::controller::Controller, app::App, domain::draft::DraftState, store::drafts};

/// Which of them.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListProcedureDrafts {
    /// Only those in this state.
    state: Option<DraftState>,
    /// Rows a page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    page_size: Option<u32>,
    /// The `next` of the page before.
    #[param(max_length = 512, pattern = "^[A-Za-z0-9_-]+$")]
    cursor: Option<String>,
}

edge::failures![kinds::FORBIDDEN];

/// List drafts of procedures
///
/// Versions that are written, wait for a second controller or for their day, or were published so: what was written last comes first.
#[utoipa::path(
    operation_id = "list_procedure_drafts",
    tag = "procedures",
    params(ListProcedureDrafts),
    responses((status = 200, description = "The drafts", body = Page<ProcedureDraftSummary>), Failures),
    security(("bearer" = []))
)]
#[get("/api/v1/procedure-drafts")]
pub async fn list_procedure_drafts(
    app: web::Data<App>,
    _: Controller,
    query: web::Query<ListProcedureDrafts>,
) -> Result<Reply, Problem> {
    let ListProcedureDrafts { state, page_size, cursor } = query.into_inner();
    let page = PageQuery { page_size, cursor };
    let bound = format!("list_procedure_drafts {state:?}");
    let limit = i64::try_from(page.size()).unwrap_or(100) + 1;
    let states = state.map_or_else(|| DraftState::ALL.to_vec(), |state| vec![state]);
    let rows = drafts::list(&mut *app.pool.get().await?, &states, page.after(&bound)?, limit).await?;
    let page = Page::of(rows, &page, &bound, |draft| (draft.written_at, draft.id));
    let items: Result<Vec<_>, _> = page.items.into_iter().map(ProcedureDraftSummary::of).collect();
    Ok(Reply::ok(&Page { items: items?, next: page.next }))
}
