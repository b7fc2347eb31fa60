//! `POST /api/v1/agencies/{agency}/bank-credits`

use actix_web::{post, web};
use chrono::{DateTime, Utc};
use civic::{AgencyCode, DossierCode, Vnd};
use edge::{Command, IdempotencyHeader, Official, Problem, Reply, kinds, written};
use serde::Deserialize;
use utoipa::ToSchema;

use super::view::BankCreditView;
use crate::{
    api::refunds::Collect,
    app::App,
    changes::decide_credit::{self, Seen},
    error,
};

/// A transfer that an official saw at the bank.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewBankCredit {
    /// The bank, by its number.
    #[schema(max_length = 80)]
    bank: String,
    /// The bank's number of the transfer: a notice of the bank's about it later is then the same money.
    #[schema(max_length = 400)]
    transaction_id: String,
    /// How much.
    amount: Vnd,
    /// When the bank booked it.
    booked_at: DateTime<Utc>,
    /// The dossier whose fee it pays.
    code: DossierCode,
    /// Where it can be seen: 3 to 200 characters.
    #[schema(max_length = 800)]
    proof: String,
}

edge::failures![kinds::FORBIDDEN, error::AGENCY_NOT_FOUND, error::CREDIT_KNOWN, error::CREDIT_FITS_NOT];

/// Note a bank credit by hand
///
/// A cashier saw at the bank that a fee was transferred, and the bank did not tell. Another official confirms it; only then the fee is paid.
#[utoipa::path(
    operation_id = "note_bank_credit",
    tag = "bank credits",
    params(("agency" = AgencyCode, Path, description = "The agency"), IdempotencyHeader),
    request_body(content = NewBankCredit, example = json!({
        "bank": "970415", "transaction_id": "FT26202123456", "amount": {"amount": 16000, "currency": "VND"},
        "booked_at": "2026-07-21T03:17:12Z", "code": "H44.100-260721-0001", "proof": "Sao kê ngày 21/7/2026, dòng 14",
    })),
    responses((status = 201, description = "It waits for another official", body = BankCreditView, headers(
        ("Location" = String, description = "Where the agency's open bank credits are listed"),
    )), Failures),
    security(("bearer" = []))
)]
#[post("/api/v1/agencies/{agency}/bank-credits")]
pub async fn note_bank_credit(
    app: web::Data<App>,
    official: Official<Collect>,
    agency: web::Path<AgencyCode>,
    command: Command<NewBankCredit>,
) -> Result<Reply, Problem> {
    if !official.agencies().contains(&agency) {
        return Err(error::AGENCY_NOT_FOUND.into());
    }
    command
        .once(&app.pool, official.caller.id, app.now(), async |conn, new| {
            let seen = Seen {
                bank: written("bank", &new.bank, 3, 20)?,
                number: written("transaction_id", &new.transaction_id, 3, 100)?,
                amount: new.amount,
                booked_at: new.booked_at,
                code: new.code,
                proof: written("proof", &new.proof, 3, 200)?,
            };
            let credit = decide_credit::note(conn, &app, &official.caller, &agency, seen).await?;
            let location = format!("/api/v1/agencies/{}/bank-credits", *agency);
            Ok(Reply::created(&BankCreditView::from(credit), location))
        })
        .await
}
