//! `GET /api/v1/agencies/{agency}/payers`

use actix_web::{get, web};
use chrono::NaiveDate;
use civic::{AgencyCode, PartyKind, Vnd};
use edge::{Official, Page, PageQuery, Problem, Reply, kinds};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    api::{
        books::{Days, own},
        refunds::SeeMoney,
    },
    app::App,
    error,
    store::{
        figures::Period,
        payers_accounts::{self, PayersAccount},
    },
};

/// Which of them.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListPayers {
    /// The first day in Vietnam.
    from: NaiveDate,
    /// The last day in Vietnam; a year later at most.
    until: NaiveDate,
    /// Rows a page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    page_size: Option<u32>,
    /// The `next` of the page before.
    #[param(max_length = 512, pattern = "^[A-Za-z0-9_-]+$")]
    cursor: Option<String>,
}

/// What one payer owed, paid, and is to get back.
#[derive(Serialize, ToSchema)]
#[schema(as = PayersAccount)]
pub struct PayerView {
    /// A person or an organisation.
    kind: PartyKind,
    /// Who.
    id: Uuid,
    /// The newest dossiers, three at most.
    codes: Vec<String>,
    /// Payment orders that were opened in these days.
    orders: i64,
    /// What was due by them, but for what was cancelled or waived.
    due: Vnd,
    /// What was paid, twice too.
    paid: Vnd,
    /// What went back.
    refunded: Vnd,
    /// What is to go back and did not yet.
    to_refund: Vnd,
}

edge::failures![kinds::FORBIDDEN, error::AGENCY_NOT_FOUND];

/// List what payers owed, paid and get back
///
/// Of the payment orders that were opened in some days, by payer.
#[utoipa::path(
    operation_id = "list_payers",
    tag = "books",
    params(("agency" = AgencyCode, Path, description = "The agency"), ListPayers),
    responses((status = 200, description = "The payers", body = Page<PayerView>), Failures),
    security(("bearer" = []))
)]
#[get("/api/v1/agencies/{agency}/payers")]
pub async fn list_payers(
    app: web::Data<App>,
    official: Official<SeeMoney>,
    agency: web::Path<AgencyCode>,
    query: web::Query<ListPayers>,
) -> Result<Reply, Problem> {
    own(&official, &agency)?;
    let ListPayers { from, until, page_size, cursor } = query.into_inner();
    let (start, end) = Days { from, until }.bounds()?;
    let page = PageQuery { page_size, cursor };
    let bound = format!("list_payers {} {from} {until}", *agency);
    let limit = i64::try_from(page.size()).unwrap_or(100) + 1;
    let period = Period { agency: &agency, from: start, until: end };
    let rows = payers_accounts::of(&mut *app.pool.get().await?, period, page.after(&bound)?, limit).await?;
    let page = Page::of(rows, &page, &bound, |payer| (payer.payer_kind, payer.payer_id));
    Ok(Reply::ok(&page.map(view)))
}

fn view(payer: PayersAccount) -> PayerView {
    PayerView {
        kind: payer.payer_kind,
        id: payer.payer_id,
        codes: payer.codes,
        orders: payer.orders,
        due: payer.due,
        paid: payer.paid,
        refunded: payer.refunded,
        to_refund: payer.to_refund,
    }
}
