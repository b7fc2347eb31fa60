//! An event moves an attempt and maybe its order: rows, history, audit, ledger and the event for others.

use civic::{
    Vnd,
    events::{PaymentNotice, PaymentSettled},
};
use diesel_async::AsyncPgConnection;
use edge::audit::{self, AuditEntry};
use serde_json::json;
use tokio::try_join;

use super::{
    issue_receipt::issue_later,
    tell_officials::{OfficialsNotice, tell_officials},
    tell_order::tell_order,
    tell_payer::tell_payer,
};
use crate::{
    app::App,
    domain::{
        attempt::{AttemptEvent, AttemptStatus, Step, step},
        destination::{Destination, Taken},
        ledger::{Cause, CauseKind, Purpose, Transfer},
        order::OrderState,
        report::Payment,
    },
    store::{
        attempts::{self, Attempt},
        history::{self, Entry},
        ledger::{self, Occasion},
        orders::{self, Next, Order},
    },
};

/// Does what the event does to an attempt whose order is held.
pub async fn apply(
    conn: &mut AsyncPgConnection,
    app: &App,
    order: &Order,
    attempt: &Attempt,
    event: AttemptEvent<'_>,
) -> Result<Step, pg::Error> {
    let taken = Taken::of(attempt.amount, order.left());
    let step = step(order.status, taken, attempt.status, event);
    let Step::Move(attempt_to, order_to) = step else {
        return Ok(step);
    };
    let payment = if let AttemptEvent::Paid(payment) = event { Some(payment) } else { None };
    let pays = payment.filter(|_| attempt_to == AttemptStatus::Settled);
    // In one round trip.
    try_join!(
        attempts::advance(conn, attempt.id, attempt_to, payment),
        orders::advance(conn, order, next(app, order, attempt, order_to, pays)),
        write_down(conn, app, order, attempt, event, (attempt_to, order_to)),
    )?;
    if let Some(payment) = payment {
        book(conn, app, order, attempt, payment, attempt_to).await?;
    }
    Ok(step)
}

/// Money that settles the attempt pays the order; money that does not is owed to the payer, and not the order's.
fn next(app: &App, order: &Order, attempt: &Attempt, to: OrderState, pays: Option<&Payment>) -> Next {
    let Some(payment) = pays else { return order.unmoved() };
    let state_since = if to == order.status { order.state_since } else { app.now() };
    let paid = order.paid.checked_add(attempt.amount).unwrap_or(Vnd::MAX);
    let paid_at = (to == OrderState::Paid).then_some(payment.paid_at);
    Next { status: to, state_since, paid, paid_at, ..order.unmoved() }
}

/// History and audit log.
async fn write_down(
    conn: &AsyncPgConnection,
    app: &App,
    order: &Order,
    attempt: &Attempt,
    event: AttemptEvent<'_>,
    (attempt_to, order_to): (AttemptStatus, OrderState),
) -> Result<(), pg::Error> {
    let entry = Entry {
        order_id: order.id,
        version: order.version + 1,
        at: app.now(),
        cause: event.cause(),
        order_from: Some(order.status),
        order_to,
        attempt_id: Some(attempt.id),
        attempt_from: Some(attempt.status),
        attempt_to: Some(attempt_to),
        refund_id: None,
    };
    let audited = AuditEntry {
        actor: None,
        action: "payment_attempt.moved",
        subject_type: "payment_order",
        subject_id: order.id.to_string(),
        detail: json!({
            "attempt_id": attempt.id, "cause": event.cause(), "version": order.version + 1,
            "from": attempt.status, "to": attempt_to, "order": order_to,
        }),
    };
    try_join!(history::write(conn, &entry), audit::record(conn, &app.life, audited))?;
    Ok(())
}

/// The ledger, and the events for others, in as many round trips as the longest of them needs.
async fn book(
    conn: &AsyncPgConnection,
    app: &App,
    order: &Order,
    attempt: &Attempt,
    payment: &Payment,
    attempt_to: AttemptStatus,
) -> Result<(), pg::Error> {
    let settles = attempt_to == AttemptStatus::Settled;
    let purpose = if settles { Purpose::Capture } else { Purpose::Surplus };
    let transfer = Transfer::of_payment(purpose, attempt.provider, &order.agency, attempt.amount);
    let cause = Cause { kind: CauseKind::Attempt, id: attempt.id };
    let occasion = Occasion::of(order, cause, app.life.new_id(), app.now());
    try_join!(
        ledger::post(conn, occasion, &transfer),
        tell_order(conn, app, order.id),
        tell_of_money(conn, app, order, attempt, payment)
    )?;
    Ok(())
}

/// Who paid and who must act is told what the money became, and a receipt is issued for what pays the order.
async fn tell_of_money(
    conn: &AsyncPgConnection,
    app: &App,
    order: &Order,
    attempt: &Attempt,
    payment: &Payment,
) -> Result<(), pg::Error> {
    let (left, taken) = (order.left(), Taken::of(attempt.amount, order.left()));
    let destination = Destination::of(order.status, taken);
    if let Some(notice) = destination.notice(order.status) {
        tracing::warn!(order = %order.id, attempt = %attempt.id, "money came that is not owed: the payer must get it back");
        tell_officials(conn, app, OfficialsNotice::owed_back(order, attempt.amount)).await?;
        return tell_payer(conn, app, order, notice, Some(attempt.amount)).await;
    }
    if taken == Taken::Part {
        tell_payer(conn, app, order, PaymentNotice::PartPaid, left.checked_sub(attempt.amount)).await?;
    }
    try_join!(tell_settled(conn, app, order, attempt, payment), have_receipt_issued(conn, app, attempt))?;
    Ok(())
}

/// That one payment paid the whole fee is told beside where the order stands.
async fn tell_settled(
    conn: &AsyncPgConnection,
    app: &App,
    order: &Order,
    attempt: &Attempt,
    payment: &Payment,
) -> Result<(), pg::Error> {
    if attempt.amount != order.total {
        return Ok(());
    }
    let settled = PaymentSettled {
        order_id: order.id,
        dossier_id: order.dossier_id,
        amount: attempt.amount,
        provider: attempt.provider.in_addresses(),
        provider_reference: payment.provider_reference.clone(),
        paid_at: payment.paid_at,
    };
    app.outbox.put(conn, &settled).await?;
    Ok(())
}

/// At a counter the cashier hands it over.
async fn have_receipt_issued(conn: &AsyncPgConnection, app: &App, attempt: &Attempt) -> Result<(), pg::Error> {
    if attempt.provider.is_counter() { Ok(()) } else { issue_later(conn, app, attempt.id).await }
}
