//! `GET /api/v1/receipts`

use actix_web::{get, web};
use edge::{Applicant, Page, PageQuery, Problem, Reply, kinds};

use super::view::ReceiptView;
use crate::{app::App, store::receipts};

edge::failures![kinds::FORBIDDEN];

/// List one's receipts
///
/// The caller's receipts for fees that were paid, the newest first, those too that are not valid any more.
#[utoipa::path(
    operation_id = "list_receipts",
    tag = "receipts",
    params(PageQuery),
    responses((status = 200, description = "The receipts", body = Page<ReceiptView>), Failures),
    security(("bearer" = []))
)]
#[get("/api/v1/receipts")]
pub async fn list_receipts(
    app: web::Data<App>,
    applicant: Applicant,
    page: web::Query<PageQuery>,
) -> Result<Reply, Problem> {
    let bound = format!("list_receipts {}", applicant.party.id);
    let limit = i64::try_from(page.size()).unwrap_or(100) + 1;
    let mut conn = app.pool.get().await?;
    let rows = receipts::of_payer(&mut conn, applicant.party, page.after(&bound)?, limit).await?;
    let page = Page::of(rows, &page, &bound, |receipt| (receipt.issued_at, receipt.id));
    Ok(Reply::ok(&page.map(ReceiptView::from)))
}
