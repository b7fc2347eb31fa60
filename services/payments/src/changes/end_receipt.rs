//! A receipt stops being valid: it is cancelled, or another one stands for it. Its number stays taken.

use civic::events::PaymentNotice;
use diesel_async::AsyncPgConnection;
use edge::{
    Caller, Problem,
    audit::{self, AuditEntry},
};
use serde_json::json;

use super::{issue_receipt::number, tell_payer::tell_payer};
use crate::{
    app::App,
    domain::receipt::{self, ReceiptState},
    error,
    store::{
        orders,
        receipts::{self, Receipt},
    },
};

/// Who paid, as the new receipt says it.
pub struct Corrected {
    pub payer_name: String,
    pub payer_address: Option<String>,
    pub payer_number: Option<String>,
}

/// Cancels a receipt.
///
/// # Errors
/// When it is not valid any more.
pub async fn cancel(
    conn: &mut AsyncPgConnection,
    app: &App,
    by: &Caller,
    receipt: &Receipt,
    reason: &str,
) -> Result<Receipt, Problem> {
    end(conn, app, by, receipt, ReceiptState::Cancelled, reason).await
}

/// Puts another receipt in the place of one, for the same payment.
///
/// # Errors
/// When it is not valid any more.
pub async fn replace(
    conn: &mut AsyncPgConnection,
    app: &App,
    by: &Caller,
    receipt: &Receipt,
    corrected: Corrected,
    reason: &str,
) -> Result<Receipt, Problem> {
    let before = end(conn, app, by, receipt, ReceiptState::Replaced, reason).await?;
    let Corrected { payer_name, payer_address, payer_number } = corrected;
    let receipt = Receipt {
        id: app.life.new_id(),
        symbol: app.receipt_symbol.clone(),
        year: receipt::year(app.now()),
        payer_name,
        payer_address,
        payer_number,
        issued_at: app.now(),
        state: ReceiptState::Issued,
        replaces: Some(before.id),
        ended_at: None,
        ended_by: None,
        ended_reason: None,
        ..before
    };
    let receipt = number(conn, receipt).await?;
    let order = orders::find(conn, receipt.order_id).await?.ok_or(pg::Error::NotFound)?;
    tell_payer(conn, app, &order, PaymentNotice::Receipt, Some(receipt.amount)).await?;
    Ok(receipt)
}

async fn end(
    conn: &mut AsyncPgConnection,
    app: &App,
    by: &Caller,
    receipt: &Receipt,
    state: ReceiptState,
    reason: &str,
) -> Result<Receipt, Problem> {
    // Its order first, as whoever takes money back does.
    orders::lock(conn, receipt.order_id).await?;
    let held = receipts::lock(conn, receipt.id).await?.ok_or(error::RECEIPT_NOT_FOUND)?;
    if held.state != ReceiptState::Issued {
        return Err(error::RECEIPT_ENDED.into());
    }
    receipts::end(conn, held.id, state, app.now(), &by.name, reason).await?;
    let entry = AuditEntry {
        actor: Some(by),
        action: "receipt.ended",
        subject_type: "receipt",
        subject_id: held.id.to_string(),
        detail: json!({"state": state, "symbol": held.symbol, "number": held.number, "reason": reason}),
    };
    audit::record(conn, &app.life, entry).await?;
    Ok(receipts::find(conn, held.id).await?.ok_or(pg::Error::NotFound)?)
}
