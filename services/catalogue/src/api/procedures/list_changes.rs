//! `GET /api/v1/procedure-changes`

use actix_web::{HttpRequest, HttpResponse, get, web};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use civic::{LocalText, ProcedureCode};
use edge::{Page, PageQuery, Problem};
use procedure::{Difference, Procedure};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    app::App,
    error,
    published::Published,
    store::published_lately::{self, Lately},
};

/// Days that are looked back.
const USUAL_DAYS: u32 = 7;
const MOST_DAYS: u32 = 90;

/// How far back.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListProcedureChanges {
    /// So many days back.
    #[param(minimum = 1, maximum = 90, default = 7)]
    days: Option<u32>,
    /// Rows a page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    page_size: Option<u32>,
    /// The `next` of the page before.
    #[param(max_length = 512, pattern = "^[A-Za-z0-9_-]+$")]
    cursor: Option<String>,
}

/// A version that came into force lately.
#[derive(Serialize, ToSchema)]
pub struct ProcedureChange {
    /// The procedure.
    procedure: ProcedureCode,
    /// What the version calls it.
    name: LocalText,
    /// The version; 1 of a procedure that is new.
    #[schema(minimum = 1)]
    version: i32,
    /// When it was published.
    published_at: DateTime<Utc>,
    /// Since when it is in force.
    effective_from: NaiveDate,
    /// The decision by which it was announced; `null` where it was published without.
    #[schema(example = "1234/QĐ-UBND")]
    decision: Option<String>,
    /// What it says otherwise than the version before, what concerns people most first; nothing of the first one.
    differences: Vec<Difference>,
}

/// Tell what changed lately
///
/// The versions of procedures that came into force within some days, the newest first, with what each changed in words.
#[utoipa::path(
    operation_id = "list_procedure_changes",
    tag = "procedures",
    params(ListProcedureChanges),
    responses(
        (status = 200, description = "What changed", body = Page<ProcedureChange>, headers(
            ("ETag" = String, description = "For `If-None-Match`"),
            ("Cache-Control" = String, description = "`public, max-age=1`"),
        )),
        (status = 304, description = "As when it was last read"),
    )
)]
#[get("/api/v1/procedure-changes")]
pub async fn list_procedure_changes(
    app: web::Data<App>,
    request: HttpRequest,
    query: web::Query<ListProcedureChanges>,
) -> Result<HttpResponse, Problem> {
    let ListProcedureChanges { days, page_size, cursor } = query.into_inner();
    let days = days.unwrap_or(USUAL_DAYS);
    if !(1..=MOST_DAYS).contains(&days) {
        let (vi, en) = ("Số ngày từ 1 đến 90.", "The days are 1 to 90.");
        return Err(error::invalid("days", "maximum", vi, en));
    }
    let page = PageQuery { page_size, cursor };
    let load = async || load(&app, days, &page).await;
    // What callers type is not a key of the cache: they could fill it.
    let usual = days == USUAL_DAYS && page.cursor.is_none();
    let published = match usual {
        true => app.published.get_or_load(&format!("changes/{}", page.size()), load).await?,
        false => load().await?,
    };
    Ok(published.respond(&request))
}

async fn load(app: &App, days: u32, page: &PageQuery) -> Result<Published, Problem> {
    let bound = format!("list_procedure_changes {days}");
    let since = app.life.clock.now() - TimeDelta::days(days.into());
    let limit = i64::try_from(page.size()).unwrap_or(100) + 1;
    let rows = published_lately::list(&mut *app.pool.get().await?, since, page.after(&bound)?, limit).await?;
    let page = Page::of(rows, page, &bound, |row| (row.published_at, row.procedure.clone(), row.version));
    let items: Result<Vec<_>, _> = page.items.into_iter().map(change).collect();
    Ok(Published::of(&Page { items: items?, next: page.next }))
}

fn change(row: Lately) -> Result<ProcedureChange, Problem> {
    let read = |content| serde_json::from_value::<Procedure>(content).map_err(anyhow::Error::from);
    let (procedure, before) = (read(row.content)?, row.before.map(read).transpose()?);
    let differences = before.map_or_else(Vec::new, |before| procedure.differences(&before));
    Ok(ProcedureChange {
        procedure: procedure.code,
        name: procedure.name,
        version: row.version,
        published_at: row.published_at,
        effective_from: procedure.effective_from,
        decision: row.decision,
        differences,
    })
}
