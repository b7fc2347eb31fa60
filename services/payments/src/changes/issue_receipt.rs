//! A payment gets its receipt: at a counter at once, online a moment later.

use civic::Party;
use diesel_async::AsyncPgConnection;
use queue::Job;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    app::App,
    domain::{
        attempt::AttemptStatus,
        receipt::{self, ReceiptState},
    },
    store::{
        attempts, orders, payers,
        receipts::{self, Receipt},
        shifts, takings,
    },
};

/// The receipt to issue. `jobs/issue_receipt.rs` does: so that payments that settle at the same moment do not wait for each other's numbers.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct IssueReceipt {
    /// For which payment.
    pub attempt_id: Uuid,
}

impl Job for IssueReceipt {
    const KIND: &'static str = "issue_receipt";
}

/// Has it issued.
pub async fn issue_later(conn: &AsyncPgConnection, app: &App, attempt_id: Uuid) -> Result<(), pg::Error> {
    queue::enqueue(conn, &app.life, &IssueReceipt { attempt_id }, app.now()).await?;
    Ok(())
}

/// Issues the receipt of a payment that settled its order; the one that there is, if there is one. Nothing while accounts has not told
/// the payer's name.
pub async fn issue(conn: &mut AsyncPgConnection, app: &App, attempt_id: Uuid) -> Result<Option<Receipt>, pg::Error> {
    let found = attempts::find(conn, attempt_id).await?.ok_or(pg::Error::NotFound)?;
    let order = orders::lock(conn, found.order_id).await?;
    let attempt = attempts::find(conn, attempt_id).await?.ok_or(pg::Error::NotFound)?;
    let known = receipts::of_attempts(conn, &[attempt_id]).await?;
    if attempt.status != AttemptStatus::Settled || !known.is_empty() {
        return Ok(known.into_iter().next_back());
    }
    let taking = takings::find(conn, attempt_id).await?;
    let named = taking.as_ref().and_then(|taking| taking.payer_name.clone());
    let name = match named {
        Some(name) => name,
        None => match payers::name(conn, order.payer()).await? {
            Some(name) => name,
            None => return Ok(None),
        },
    };
    let collector = match &taking {
        Some(taking) => shifts::find(conn, taking.shift_id).await?.map(|shift| shift.cashier_name),
        None => None,
    };
    let Party { kind: payer_kind, id: payer_id } = order.payer();
    let receipt = Receipt {
        id: app.life.new_id(),
        agency: order.agency.clone(),
        symbol: app.receipt_symbol.clone(),
        year: receipt::year(app.now()),
        number: 0,
        attempt_id,
        order_id: order.id,
        code: order.code.clone(),
        payer_kind,
        payer_id,
        payer_name: name,
        payer_address: taking.as_ref().and_then(|taking| taking.payer_address.clone()),
        payer_number: taking.and_then(|taking| taking.payer_number),
        amount: attempt.amount,
        way: attempt.provider,
        collector,
        paid_at: attempt.paid_at.unwrap_or(attempt.created_at),
        issued_at: app.now(),
        state: ReceiptState::Issued,
        replaces: None,
        ended_at: None,
        ended_by: None,
        ended_reason: None,
    };
    // Whoever paid reads where it is in the mail that says that the fee is paid.
    Ok(Some(number(conn, receipt).await?))
}

/// Numbers a receipt and keeps it.
pub async fn number(conn: &mut AsyncPgConnection, receipt: Receipt) -> Result<Receipt, pg::Error> {
    let number = receipts::next_number(conn, &receipt.agency, &receipt.symbol, receipt.year).await?;
    let receipt = Receipt { number, ..receipt };
    receipts::insert(conn, &receipt).await?;
    Ok(receipt)
}
