//! `GET /api/v1/agencies/{agency}/bank-credits`

use actix_web::{get, web};
use civic::AgencyCode;
use edge::{Official, Problem, Reply, kinds};
use serde::Serialize;
use utoipa::ToSchema;

use super::view::BankCreditView;
use crate::{api::refunds::SeeMoney, app::App, error, store::bank_credits};

/// Transfers in one answer.
const MOST: i64 = 200;

/// Money at the bank that somebody must look at.
#[derive(Serialize, ToSchema)]
pub struct BankCredits {
    /// The oldest first, 200 at most.
    items: Vec<BankCreditView>,
    /// Whether there are more.
    more: bool,
}

edge::failures![kinds::FORBIDDEN, error::AGENCY_NOT_FOUND];

/// List an agency's open bank credits
///
/// Transfers to the agency's account that name no dossier, or whose amount is not what was to be paid: they wait for a dossier of that code,
/// or for two officials to decide.
#[utoipa::path(
    operation_id = "list_bank_credits",
    tag = "bank credits",
    params(("agency" = AgencyCode, Path, description = "The agency")),
    responses((status = 200, description = "The transfers", body = BankCredits), Failures),
    security(("bearer" = []))
)]
#[get("/api/v1/agencies/{agency}/bank-credits")]
pub async fn list_bank_credits(
    app: web::Data<App>,
    official: Official<SeeMoney>,
    agency: web::Path<AgencyCode>,
) -> Result<Reply, Problem> {
    if !official.agencies().contains(&agency) {
        return Err(error::AGENCY_NOT_FOUND.into());
    }
    let mut credits = bank_credits::open_of(&mut *app.pool.get().await?, &agency, MOST + 1).await?;
    let most = usize::try_from(MOST).unwrap_or(usize::MAX);
    let more = credits.len() > most;
    credits.truncate(most);
    Ok(Reply::ok(&BankCredits { items: credits.into_iter().map(BankCreditView::from).collect(), more }))
}
