//! `GET /api/v1/agencies/{agency}/statements`

use actix_web::{get, web};
use civic::AgencyCode;
use edge::{Official, Page, PageQuery, Problem, Reply, kinds};

use super::view::StatementView;
use crate::{
    api::{books::own, refunds::SeeMoney},
    app::App,
    error,
    store::statements,
};

edge::failures![kinds::FORBIDDEN, error::AGENCY_NOT_FOUND];

/// List an agency's statements
///
/// What its accountants loaded, the newest first.
#[utoipa::path(
    operation_id = "list_statements",
    tag = "books",
    params(("agency" = AgencyCode, Path, description = "The agency"), PageQuery),
    responses((status = 200, description = "The statements", body = Page<StatementView>), Failures),
    security(("bearer" = []))
)]
#[get("/api/v1/agencies/{agency}/statements")]
pub async fn list_statements(
    app: web::Data<App>,
    official: Official<SeeMoney>,
    agency: web::Path<AgencyCode>,
    query: web::Query<PageQuery>,
) -> Result<Reply, Problem> {
    own(&official, &agency)?;
    let bound = format!("list_statements {}", *agency);
    let limit = i64::try_from(query.size()).unwrap_or(100) + 1;
    let mut conn = app.pool.get().await?;
    let rows = statements::of_agency(&mut conn, &agency, query.after(&bound)?, limit).await?;
    let page = Page::of(rows, &query, &bound, |loaded| (loaded.loaded_at, loaded.id));
    let items = StatementView::of_all(&mut conn, page.items).await?;
    Ok(Reply::ok(&Page { items, next: page.next }))
}
