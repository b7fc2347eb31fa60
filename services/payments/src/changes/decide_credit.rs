//! What officials make of money at the bank: one proposes with a proof, another confirms.

use chrono::{DateTime, Utc};
use civic::{AgencyCode, DossierCode, Vnd};
use diesel_async::AsyncPgConnection;
use edge::{
    Caller, Problem,
    audit::{self, AuditEntry},
};
use serde_json::json;
use uuid::Uuid;

use super::take_credit::place;
use crate::{
    app::App,
    domain::{
        credit::{CreditSource, CreditState, fit},
        report::Verdict,
    },
    error,
    store::{
        bank_credits::{self, BankCredit},
        orders::{self, Order},
    },
};

/// A transfer that an official saw at the bank.
pub struct Seen {
    pub bank: String,
    pub number: String,
    pub amount: Vnd,
    pub booked_at: DateTime<Utc>,
    pub code: DossierCode,
    pub proof: String,
}

/// Notes a transfer that the bank did not tell of, for another official to confirm.
///
/// # Errors
/// When it is known already, or no order of the agency is due over just as much.
pub async fn note(
    conn: &mut AsyncPgConnection,
    app: &App,
    by: &Caller,
    agency: &AgencyCode,
    seen: Seen,
) -> Result<BankCredit, Problem> {
    let order = order_of(conn, app, agency, (&seen.code, Some(seen.amount))).await?;
    let now = app.now();
    let credit = BankCredit {
        id: app.life.new_id(),
        source: CreditSource::ByHand,
        raw: json!({"bank": seen.bank, "transaction_id": seen.number, "amount": seen.amount, "proof": seen.proof})
            .to_string(),
        signed: format!("{}|{}", seen.bank, seen.number),
        bank: seen.bank,
        transaction_id: seen.number,
        ours: true,
        amount: Some(seen.amount),
        content: seen.code.to_string(),
        codes: Vec::new(),
        booked_at: seen.booked_at,
        agency: agency.clone(),
        state: CreditState::ForPerson,
        state_since: now,
        order_id: Some(order.id),
        attempt_id: None,
        received_at: now,
        proposed_order: Some(order.id),
        proof: Some(seen.proof),
        proposed_by: Some(by.id),
        proposed_by_name: Some(by.name.clone()),
        decided_by: None,
        decided_by_name: None,
    };
    if !bank_credits::insert(conn, &credit).await? {
        return Err(error::CREDIT_KNOWN.into());
    }
    record(conn, app, by, "bank_credit.noted", &credit).await?;
    Ok(credit)
}

/// Proposes to pay an order by a transfer that is held, or, without a code, that the agency sent it back.
///
/// # Errors
/// When nothing is to be decided, or no order is due over just as much.
pub async fn propose(
    conn: &mut AsyncPgConnection,
    app: &App,
    by: &Caller,
    mut credit: BankCredit,
    (code, proof): (Option<DossierCode>, String),
) -> Result<BankCredit, Problem> {
    refuse_decided(&credit)?;
    credit.proposed_order = match code {
        Some(code) => Some(order_of(conn, app, &credit.agency, (&code, credit.amount)).await?.id),
        None => None,
    };
    (credit.proof, credit.proposed_by, credit.proposed_by_name) = (Some(proof), Some(by.id), Some(by.name.clone()));
    bank_credits::save(conn, &credit).await?;
    record(conn, app, by, "bank_credit.proposed", &credit).await?;
    Ok(credit)
}

/// Confirms what another proposed for a transfer that is held.
///
/// # Errors
/// When nothing is proposed, the same official proposed it, or the order does not take the money any more.
pub async fn confirm(
    conn: &mut AsyncPgConnection,
    app: &App,
    by: &Caller,
    mut credit: BankCredit,
) -> Result<BankCredit, Problem> {
    refuse_decided(&credit)?;
    let Some(proposed_by) = credit.proposed_by else { return Err(error::CREDIT_STATE.into()) };
    if proposed_by == by.id {
        return Err(error::SECOND_OFFICIAL.into());
    }
    (credit.decided_by, credit.decided_by_name) = (Some(by.id), Some(by.name.clone()));
    let id = credit.id;
    match credit.proposed_order {
        None => {
            (credit.state, credit.state_since) = (CreditState::SentBack, app.now());
            bank_credits::save(conn, &credit).await?;
        }
        Some(order) => pay(conn, app, credit, order).await?,
    }
    let credit = bank_credits::lock(conn, id).await?.ok_or(pg::Error::NotFound)?;
    record(conn, app, by, "bank_credit.confirmed", &credit).await?;
    Ok(credit)
}

async fn pay(conn: &mut AsyncPgConnection, app: &App, credit: BankCredit, order: Uuid) -> Result<(), Problem> {
    let order = orders::lock(conn, order).await?;
    let verdict = place(conn, app, BankCredit { ours: true, ..credit }, Some(order)).await?;
    if verdict == Verdict::Accepted { Ok(()) } else { Err(error::CREDIT_FITS_NOT.into()) }
}

fn refuse_decided(credit: &BankCredit) -> Result<(), Problem> {
    match credit.state {
        CreditState::Waiting | CreditState::ForPerson => Ok(()),
        CreditState::Taken | CreditState::SentBack => Err(error::CREDIT_STATE.into()),
    }
}

/// The agency's order of a dossier that fits such a transfer best.
async fn order_of(
    conn: &mut AsyncPgConnection,
    app: &App,
    agency: &AgencyCode,
    (code, amount): (&DossierCode, Option<Vnd>),
) -> Result<Order, Problem> {
    let orders = orders::of_code(conn, code).await?.into_iter().filter(|order| order.agency == *agency);
    let fitting = orders.filter_map(|order| Some((fit(order.total, order.left(), amount, app.part_payments)?, order)));
    let best = fitting.min_by_key(|(fit, _)| *fit);
    best.map(|(_, order)| order).ok_or_else(|| error::CREDIT_FITS_NOT.into())
}

async fn record(
    conn: &mut AsyncPgConnection,
    app: &App,
    by: &Caller,
    action: &'static str,
    credit: &BankCredit,
) -> Result<(), pg::Error> {
    let entry = AuditEntry {
        actor: Some(by),
        action,
        subject_type: "bank_credit",
        subject_id: credit.id.to_string(),
        detail: json!({"state": credit.state, "amount": credit.amount, "order": credit.proposed_order, "proof": credit.proof}),
    };
    audit::record(conn, &app.life, entry).await
}
