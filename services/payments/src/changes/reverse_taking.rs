//! A cashier took money wrongly and gives it back in the same shift: what she took stays in the books, and so does that it went back.

use civic::{Vnd, events::PaymentNotice};
use diesel_async::AsyncPgConnection;
use edge::{
    Caller, Problem,
    audit::{self, AuditEntry},
};
use serde_json::json;

use super::{end_receipt, tell_order::tell_order, tell_payer::tell_payer};
use crate::{
    app::App,
    domain::{
        attempt::AttemptStatus,
        history::StepCause,
        ledger::{Cause, CauseKind, Transfer},
        order::{MovedBy, OrderState, left, may_become, stands},
        receipt::ReceiptState,
    },
    error,
    store::{
        attempts::{self, Attempt},
        history::{self, Entry},
        ledger::{self, Occasion},
        orders::{self, Next, Order},
        receipts,
        takings::{self, Taking},
    },
};

/// Takes a taking back, in an open shift of the cashier's that is held.
///
/// # Errors
/// When it was taken back before, money of it goes back otherwise, or the dossier has ended meanwhile.
pub async fn reverse(
    conn: &mut AsyncPgConnection,
    app: &App,
    by: &Caller,
    taking: &Taking,
    reason: &str,
) -> Result<Taking, Problem> {
    let order = orders::lock(conn, taking.order_id).await?;
    let attempt = attempts::find(conn, taking.attempt_id).await?.ok_or(pg::Error::NotFound)?;
    let to = after(&order, &attempt);
    if !can_be_reversed(&order, &attempt, to) {
        return Err(error::TAKING_FINAL.into());
    }
    attempts::reverse(conn, attempt.id).await?;
    takings::reverse(conn, attempt.id, app.now(), reason).await?;
    move_order(conn, app, by, (&order, &attempt, to), reason).await?;
    let transfer = Transfer::of_reversal(attempt.provider, &order.agency, attempt.amount);
    let cause = Cause { kind: CauseKind::Reversal, id: attempt.id };
    ledger::post(conn, Occasion::of(&order, cause, app.life.new_id(), app.now()), &transfer).await?;
    for receipt in receipts::of_attempts(conn, &[attempt.id]).await? {
        if receipt.state == ReceiptState::Issued {
            end_receipt::cancel(conn, app, by, &receipt, reason).await?;
        }
    }
    tell_order(conn, app, order.id).await?;
    tell_payer(conn, app, &order, PaymentNotice::TakenBack, Some(attempt.amount)).await?;
    Ok(takings::find(conn, attempt.id).await?.ok_or(pg::Error::NotFound)?)
}

/// Where the order stands without what the attempt took.
fn after(order: &Order, attempt: &Attempt) -> OrderState {
    let paid = paid_without(order, attempt);
    stands(paid, left(order.total, order.waived, paid))
}

fn paid_without(order: &Order, attempt: &Attempt) -> Vnd {
    order.paid.checked_sub(attempt.amount).unwrap_or(Vnd::ZERO)
}

/// An order of a dossier that has ended would be owed for nothing.
fn can_be_reversed(order: &Order, attempt: &Attempt, to: OrderState) -> bool {
    attempt.status.may_become(AttemptStatus::Reversed)
        && attempt.going_back.is_zero()
        && order.dossier_end.is_none()
        && may_become(order.status, to, MovedBy::Reversal)
}

async fn move_order(
    conn: &mut AsyncPgConnection,
    app: &App,
    by: &Caller,
    (order, attempt, to): (&Order, &Attempt, OrderState),
    reason: &str,
) -> Result<(), pg::Error> {
    let attempt_to = AttemptStatus::Reversed;
    let next = Next {
        status: to,
        state_since: if to == order.status { order.state_since } else { app.now() },
        paid: paid_without(order, attempt),
        paid_at: None,
        reversals: order.reversals + 1,
        ..order.unmoved()
    };
    orders::advance(conn, order, next).await?;
    let entry = Entry {
        order_id: order.id,
        version: order.version + 1,
        at: app.now(),
        cause: StepCause::Reversed,
        order_from: Some(order.status),
        order_to: to,
        attempt_id: Some(attempt.id),
        attempt_from: Some(attempt.status),
        attempt_to: Some(attempt_to),
        refund_id: None,
    };
    history::write(conn, &entry).await?;
    let entry = AuditEntry {
        actor: Some(by),
        action: "payment_attempt.reversed",
        subject_type: "payment_order",
        subject_id: order.id.to_string(),
        detail: json!({"attempt_id": attempt.id, "version": order.version + 1, "reason": reason, "order": to}),
    };
    audit::record(conn, &app.life, entry).await
}
