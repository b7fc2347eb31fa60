//! The agencies in force.

use actix_web::{get, web};
use civic::{AgencyCode, Search, VIETNAM};
use edge::{Page, PageQuery, Problem, Reply};
use serde::Deserialize;

use super::get::AgencyView;
use crate::{
    app::App,
    store::agencies::{self, AgencyFilter, Found},
};

/// Which agencies.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AgencyQuery {
    /// Words of the name in either language, in any order and any case, with or without diacritics; each may be the beginning of
    /// one, and what is usually shortened may be. The best found come first.
    #[param(max_length = 100, example = "p. doi che")]
    q: Option<String>,
    /// Those directly under this agency.
    parent: Option<AgencyCode>,
    /// Only those where somebody receives what is filed today.
    #[serde(default)]
    #[param(required = false)]
    receives: bool,
    /// Rows a page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    page_size: Option<u32>,
    /// The `next` of the page before.
    #[param(max_length = 512, pattern = "^[A-Za-z0-9_-]+$")]
    cursor: Option<String>,
}

/// List the agencies
///
/// Those in force today, in order of code; those that were searched, the best found first.
#[utoipa::path(
    operation_id = "list_agencies",
    tag = "agencies",
    params(AgencyQuery),
    responses((status = 200, description = "A page of agencies", body = Page<AgencyView>))
)]
#[get("/api/v1/agencies")]
pub async fn list_agencies(app: web::Data<App>, query: web::Query<AgencyQuery>) -> Result<Reply, Problem> {
    let AgencyQuery { q, parent, receives, page_size, cursor } = query.into_inner();
    let page = PageQuery { page_size, cursor };
    let search = q.as_deref().and_then(Search::of);
    let bound = format!("agencies {search:?} {parent:?} {receives}");
    let on = app.now().with_timezone(&VIETNAM).date_naive();
    let filter = AgencyFilter { on, search: search.as_ref(), parent: parent.as_ref(), receives };
    let conn = &mut *app.pool.get().await?;
    if search.is_some() {
        let after = page.after(&bound)?;
        let found = agencies::found(conn, &filter, after.as_ref()).await?;
        let found = Page::of(found, &page, &bound, |found: &Found| (found.score, found.agency.code.clone()));
        return Ok(Reply::ok(&found.map(|found| AgencyView::from(found.agency))));
    }
    let after: Option<AgencyCode> = page.after(&bound)?;
    let rows = agencies::list(conn, &filter, after.as_ref(), page.size() + 1).await?;
    let found = Page::of(rows, &page, &bound, |agency| agency.code.clone());
    Ok(Reply::ok(&found.map(AgencyView::from)))
}
