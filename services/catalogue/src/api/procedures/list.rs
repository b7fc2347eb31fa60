//! `GET /api/v1/procedures`

use actix_web::{HttpRequest, HttpResponse, get, web};
use civic::{AdministrativeLevel, AgencyCode, LocalText, Search};
use edge::{Page, PageQuery, Problem};
use procedure::LifeEvent;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    app::App,
    error,
    published::Published,
    store::procedures::{self, Choice, Found, Listed},
};

/// Which procedures.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListProcedures {
    /// Words of the name, of what people call it, or of the code, in any order and any case, with or without diacritics; each may be
    /// the beginning of one. The best found come first.
    #[param(max_length = 100, example = "làm giấy khai sinh")]
    q: Option<String>,
    /// The code of a field.
    #[param(max_length = 40, pattern = "^[a-z-]{1,40}$")]
    field: Option<String>,
    /// Only those of this life event.
    life_event: Option<LifeEvent>,
    /// Only those that this agency's level of government carries out.
    agency: Option<AgencyCode>,
    /// Rows a page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    page_size: Option<u32>,
    /// The `next` of the page before.
    #[param(max_length = 512, pattern = "^[A-Za-z0-9_-]+$")]
    cursor: Option<String>,
}

/// A procedure in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProcedureSummary {
    /// Its code.
    #[schema(example = "1.001193")]
    code: String,
    /// Its name.
    name: LocalText,
    /// The code of its field.
    #[schema(example = "ho-tich")]
    field: String,
    /// Its current version.
    #[schema(minimum = 1)]
    version: i32,
}

/// Find procedures
///
/// The procedures that can be filed, by code; those that were searched, the best found first.
#[utoipa::path(
    operation_id = "list_procedures",
    tag = "procedures",
    params(ListProcedures),
    responses(
        (status = 200, description = "The procedures", body = Page<ProcedureSummary>, headers(
            ("ETag" = String, description = "For `If-None-Match`"),
            ("Cache-Control" = String, description = "`public, max-age=1`"),
        )),
        (status = 304, description = "As when it was last read"),
    )
)]
#[get("/api/v1/procedures")]
pub async fn list_procedures(
    app: web::Data<App>,
    request: HttpRequest,
    query: web::Query<ListProcedures>,
) -> Result<HttpResponse, Problem> {
    let ListProcedures { q, field, life_event, agency, page_size, cursor } = query.into_inner();
    check(q.as_deref(), field.as_deref())?;
    let search = q.as_deref().and_then(Search::of);
    let page = PageQuery { page_size, cursor };
    let level = agency.as_ref().map(AdministrativeLevel::of);
    let choice = Choice { search: search.as_ref(), field: field.as_deref(), life_event, level };
    let load = async || load(&app, choice, &page).await;
    // What callers type is not a key of the cache: they could fill it.
    let first_page = choice == Choice::default() && page.cursor.is_none();
    let published = match first_page {
        true => app.published.get_or_load(&format!("procedures/{}", page.size()), load).await?,
        false => load().await?,
    };
    Ok(published.respond(&request))
}

async fn load(app: &App, choice: Choice<'_>, page: &PageQuery) -> Result<Published, Problem> {
    let bound = format!("list_procedures {choice:?}");
    let conn = &mut *app.pool.get().await?;
    if choice.search.is_some() {
        let after = page.after(&bound)?;
        let found = procedures::found(conn, choice, after.as_ref()).await?;
        let key = |found: &Found| (found.score, found.listed.code.clone());
        return Ok(Published::of(&Page::of(found, page, &bound, key).map(|found| summary(found.listed))));
    }
    let after: Option<String> = page.after(&bound)?;
    let limit = i64::try_from(page.size()).unwrap_or(100) + 1;
    let rows = procedures::list(conn, choice, after.as_deref(), limit).await?;
    Ok(Published::of(&Page::of(rows, page, &bound, |row| row.code.clone()).map(summary)))
}

fn summary(row: Listed) -> ProcedureSummary {
    let name = LocalText { vi: row.name_vi, en: row.name_en };
    ProcedureSummary { code: row.code, name, field: row.field, version: row.version }
}

fn check(q: Option<&str>, field: Option<&str>) -> Result<(), Problem> {
    if q.is_some_and(|q| q.chars().count() > 100) {
        return Err(error::invalid("q", "maxLength", "Không quá 100 ký tự.", "No more than 100 characters are taken."));
    }
    let word = |text: &str| {
        (1..=40).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')
    };
    if field.is_some_and(|field| !word(field)) {
        return Err(error::invalid("field", "pattern", "Không phải mã lĩnh vực.", "This is not the code of a field."));
    }
    Ok(())
}
