//! The agencies in force.

use actix_web::{get, web};
use civic::{AgencyCode, VIETNAM};
use edge::{Page, PageQuery, Problem, Reply};
use serde::Deserialize;

use super::get::AgencyView;
use crate::{
    app::App,
    domain::search::fold,
    store::agencies::{self, AgencyFilter},
};

/// Which agencies.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AgencyQuery {
    /// Part of the name, in either language, with or without diacritics.
    #[param(max_length = 100, example = "phu tho")]
    q: Option<String>,
    /// Those directly under this agency.
    parent: Option<AgencyCode>,
    /// Rows a page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    page_size: Option<u32>,
    /// The `next` of the page before.
    #[param(max_length = 512, pattern = "^[A-Za-z0-9_-]+$")]
    cursor: Option<String>,
}

/// List the agencies
///
/// Those in force today, in order of code.
#[utoipa::path(
    operation_id = "list_agencies",
    tag = "agencies",
    params(AgencyQuery),
    responses((status = 200, description = "A page of agencies", body = Page<AgencyView>))
)]
#[get("/api/v1/agencies")]
pub async fn list_agencies(app: web::Data<App>, query: web::Query<AgencyQuery>) -> Result<Reply, Problem> {
    let AgencyQuery { q, parent, page_size, cursor } = query.into_inner();
    let page = PageQuery { page_size, cursor };
    let text = q.map(|q| fold(&q)).filter(|text| !text.is_empty());
    let bound = format!("agencies {text:?} {parent:?}");
    let after: Option<AgencyCode> = page.after(&bound)?;
    let filter = AgencyFilter { on: app.now().with_timezone(&VIETNAM).date_naive(), text, parent: parent.as_ref() };
    let rows = agencies::list(&mut *app.pool.get().await?, &filter, after.as_ref(), page.size() + 1).await?;
    let found = Page::of(rows, &page, &bound, |agency| agency.code.clone());
    Ok(Reply::ok(&found.map(AgencyView::from)))
}
