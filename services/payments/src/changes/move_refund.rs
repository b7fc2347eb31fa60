//! A refund goes a step: its row, its order, history, audit, ledger, and who is told.

use civic::{Vnd, events::PaymentNotice};
use diesel_async::AsyncPgConnection;
use edge::{
    Caller,
    audit::{self, AuditEntry},
};
use serde_json::json;

use super::{tell_order::tell_order, tell_payer::tell_payer};
use crate::{
    app::App,
    domain::{
        attempt::AttemptStatus,
        history::StepCause,
        ledger::{Cause, CauseKind, Transfer},
        order,
        refund::{RefundState, order_after},
    },
    store::{
        attempts::{self, Attempt},
        history::{self, Entry},
        ledger::{self, Occasion},
        orders::{self, Next, Order},
        refunds::{self, Refund},
    },
};

/// A refund whose order is held, with the attempt whose money it is.
pub struct Held {
    pub order: Order,
    pub attempt: Attempt,
    pub refund: Refund,
}

/// Holds the order of a refund; gives both as they are then.
pub async fn hold(conn: &mut AsyncPgConnection, refund: &Refund) -> Result<Held, pg::Error> {
    let order = orders::lock(conn, refund.order_id).await?;
    let attempt = attempts::find(conn, refund.attempt_id).await?.ok_or(pg::Error::NotFound)?;
    let refund = refunds::find(conn, refund.id).await?.ok_or(pg::Error::NotFound)?;
    Ok(Held { order, attempt, refund })
}

/// Brings a refund to `to`, where it may go there; `false` when it may not. What else is new of it stands in `held.refund` already.
pub async fn go(
    conn: &mut AsyncPgConnection,
    app: &App,
    held: Held,
    to: RefundState,
    by: Option<&Caller>,
) -> Result<bool, pg::Error> {
    let Held { order, attempt, refund } = held;
    if !refund.state.may_become(to) {
        return Ok(false);
    }
    let now = app.now();
    let before = refund.state;
    let mut refund = Refund { state: to, state_since: now, ..refund };
    match to {
        RefundState::Sent => refund.sent_at = refund.sent_at.or(Some(now)),
        RefundState::Done => refund.done_at = Some(now),
        _ => {}
    }
    refunds::save(conn, &refund).await?;
    match to {
        RefundState::Done => {
            move_order(conn, app, (&order, &attempt, &refund), StepCause::RefundDone, by).await?;
            book(conn, app, (&order, &attempt, &refund)).await?;
        }
        RefundState::Failed | RefundState::TurnedDown => {
            let left = attempt.going_back.checked_sub(refund.amount).unwrap_or(Vnd::ZERO);
            attempts::note_going_back(conn, attempt.id, left).await?;
            move_order(conn, app, (&order, &attempt, &refund), StepCause::RefundFailed, by).await?;
        }
        _ => note(conn, app, &refund, before, by).await?,
    }
    Ok(true)
}

/// The order stands where the refunds of its payment bring it, and others are told. Money that had not paid it leaves it where it is.
pub async fn move_order(
    conn: &mut AsyncPgConnection,
    app: &App,
    (order, attempt, refund): (&Order, &Attempt, &Refund),
    cause: StepCause,
    by: Option<&Caller>,
) -> Result<(), pg::Error> {
    let next = next(conn, app, (order, attempt)).await?;
    orders::advance(conn, order, next).await?;
    let entry = Entry {
        order_id: order.id,
        version: order.version + 1,
        at: app.now(),
        cause,
        order_from: Some(order.status),
        order_to: next.status,
        attempt_id: None,
        attempt_from: None,
        attempt_to: None,
        refund_id: Some(refund.id),
    };
    history::write(conn, &entry).await?;
    let action = match cause {
        StepCause::RefundAsked => "refund.asked",
        StepCause::RefundDone => "refund.done",
        _ => "refund.failed",
    };
    let entry = AuditEntry {
        actor: by,
        action,
        subject_type: "payment_order",
        subject_id: order.id.to_string(),
        detail: json!({"refund": refund.id, "state": refund.state, "amount": refund.amount, "version": order.version + 1,
            "order": next.status}),
    };
    audit::record(conn, &app.life, entry).await?;
    tell_order(conn, app, order.id).await
}

async fn next(
    conn: &mut AsyncPgConnection,
    app: &App,
    (order, attempt): (&Order, &Attempt),
) -> Result<Next, pg::Error> {
    if attempt.status != AttemptStatus::Settled {
        return Ok(order.unmoved());
    }
    let of_payments = refunds::of_what_paid(conn, order.id).await?;
    let done = of_payments.iter().filter(|it| it.state == RefundState::Done).map(|it| it.amount);
    let refunded = Vnd::sum(done).unwrap_or(order.paid);
    let left = order::left(order.total, order.waived, order.paid);
    let status = order_after(order.paid, refunded, left, of_payments.iter().any(|it| it.state.is_open()));
    let state_since = if status == order.status { order.state_since } else { app.now() };
    Ok(Next { status, state_since, refunded, ..order.unmoved() })
}

/// The ledger, and the payer.
async fn book(
    conn: &mut AsyncPgConnection,
    app: &App,
    (order, attempt, refund): (&Order, &Attempt, &Refund),
) -> Result<(), pg::Error> {
    let transfer = Transfer::of_refund(attempt.status, attempt.provider, refund.way, &order.agency, refund.amount);
    let cause = Cause { kind: CauseKind::Refund, id: refund.id };
    ledger::post(conn, Occasion::of(order, cause, app.life.new_id(), app.now()), &transfer).await?;
    tell_payer(conn, app, order, PaymentNotice::Refunded, Some(refund.amount)).await
}

/// A step that leaves money and order where they are.
async fn note(
    conn: &mut AsyncPgConnection,
    app: &App,
    refund: &Refund,
    before: RefundState,
    by: Option<&Caller>,
) -> Result<(), pg::Error> {
    let entry = AuditEntry {
        actor: by,
        action: "refund.moved",
        subject_type: "refund",
        subject_id: refund.id.to_string(),
        detail: json!({"from": before, "to": refund.state, "order": refund.order_id}),
    };
    audit::record(conn, &app.life, entry).await
}
