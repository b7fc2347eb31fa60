//! A waiver takes effect: its order needs so much less, and others are told. No money moves.

use civic::{Vnd, events::PaymentNotice};
use diesel_async::AsyncPgConnection;
use edge::{
    Caller, Problem,
    audit::{self, AuditEntry},
};
use serde_json::json;

use super::{tell_order::tell_order, tell_payer::tell_payer};
use crate::{
    app::App,
    domain::{
        attempt::AttemptStatus,
        history::StepCause,
        order::{OrderState, stands},
        waiver::{WaiverState, is_under_way},
    },
    error,
    store::{
        attempts::{self, Attempt},
        history::{self, Entry},
        orders::{self, Next, Order},
        waivers::{self, Waiver},
    },
};

/// Waives what a waiver that waits says, of an order that is held; gives the waiver as it is then.
///
/// # Errors
/// When not so much is left to pay, or the payer may just be paying.
pub async fn waive(
    conn: &mut AsyncPgConnection,
    app: &App,
    by: &Caller,
    order: &Order,
    waiver: Waiver,
) -> Result<Waiver, Problem> {
    let left = order.left();
    if left.is_zero() {
        return Err(error::WAIVER_NOTHING_DUE.into());
    }
    let left = left.checked_sub(waiver.amount).ok_or(error::WAIVER_TOO_MUCH)?;
    let attempts = attempts::of_order(conn, order.id).await?;
    let now = app.now();
    if attempts.iter().any(|attempt| is_under_way(attempt.status, attempt.provider, attempt.expires_at, now)) {
        return Err(error::WAIVER_WHILE_PAYING.into());
    }
    let waiver = Waiver { state: WaiverState::Approved, decided_at: Some(now), ..waiver };
    waivers::save(conn, &waiver).await?;
    move_order(conn, app, by, (order, &waiver), next(app, order, &waiver, left, &attempts)).await?;
    tell_order(conn, app, order.id).await?;
    tell_payer(conn, app, order, PaymentNotice::Waived, Some(waiver.amount)).await?;
    Ok(waivers::find(conn, waiver.id).await?.ok_or(pg::Error::NotFound)?)
}

/// What was paid in part is paid whole when the rest is waived: since the last payment.
fn next(app: &App, order: &Order, waiver: &Waiver, left: Vnd, attempts: &[Attempt]) -> Next {
    let status = stands(order.paid, left);
    let last = attempts.iter().filter(|attempt| attempt.status == AttemptStatus::Settled).filter_map(|it| it.paid_at);
    Next {
        status,
        state_since: if status == order.status { order.state_since } else { app.now() },
        waived: order.waived.checked_add(waiver.amount).unwrap_or(Vnd::MAX),
        paid_at: last.max().filter(|_| status == OrderState::Paid),
        ..order.unmoved()
    }
}

async fn move_order(
    conn: &mut AsyncPgConnection,
    app: &App,
    by: &Caller,
    (order, waiver): (&Order, &Waiver),
    next: Next,
) -> Result<(), pg::Error> {
    orders::advance(conn, order, next).await?;
    let entry = Entry {
        order_id: order.id,
        version: order.version + 1,
        at: app.now(),
        cause: StepCause::Waived,
        order_from: Some(order.status),
        order_to: next.status,
        attempt_id: None,
        attempt_from: None,
        attempt_to: None,
        refund_id: None,
    };
    history::write(conn, &entry).await?;
    let entry = AuditEntry {
        actor: Some(by),
        action: "payment_order.waived",
        subject_type: "payment_order",
        subject_id: order.id.to_string(),
        detail: json!({"waiver": waiver.id, "amount": waiver.amount, "class": waiver.class, "legal_basis": waiver.legal_basis,
            "version": order.version + 1, "from": order.status, "to": next.status}),
    };
    audit::record(conn, &app.life, entry).await
}
