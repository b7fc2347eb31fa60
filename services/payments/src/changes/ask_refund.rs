//! A cashier asks for money to go back.

use civic::{AgencyCode, Vnd};
use diesel_async::AsyncPgConnection;
use edge::{Caller, Problem};
use queue::Job;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    move_refund::move_order,
    tell_officials::{OfficialsNotice, tell_officials},
};
use crate::{
    app::App,
    domain::{
        history::StepCause,
        refund::{RefundCause, RefundState, RefundWay, needs_second},
    },
    error,
    store::{
        attempts::{self, Attempt},
        orders::{self, Order},
        refunds::{self, Refund},
    },
};

/// What is asked for.
pub struct Wish {
    pub attempt: Uuid,
    pub amount: Vnd,
    /// What could still go back when the cashier looked.
    pub available: Vnd,
    pub cause: RefundCause,
    pub way: RefundWay,
    pub reason: String,
}

/// A refund to send to its provider, and to follow until the money is back. `jobs/send_refund.rs` does.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct SendRefund {
    /// Which.
    pub refund_id: Uuid,
}

impl Job for SendRefund {
    const KIND: &'static str = "send_refund";
}

/// Asks for a refund; it is approved at once when it needs no second official.
///
/// # Errors
/// When the agency took no such money, it is the official's own, it cannot go back for this cause, or so much of it cannot.
pub async fn ask(
    conn: &mut AsyncPgConnection,
    app: &App,
    by: &Caller,
    agency: &AgencyCode,
    wish: Wish,
) -> Result<Refund, Problem> {
    let found = attempts::find(conn, wish.attempt).await?.ok_or(error::PAYMENT_UNKNOWN)?;
    let order = orders::lock(conn, found.order_id).await?;
    let attempt = attempts::find(conn, wish.attempt).await?.ok_or(error::PAYMENT_UNKNOWN)?;
    if order.agency != *agency || !attempt.status.took_money() {
        return Err(error::PAYMENT_UNKNOWN.into());
    }
    if wish.way == RefundWay::Provider && app.providers.refund(attempt.provider).is_none() {
        return Err(error::REFUND_WAY.into());
    }
    if order.is_of(by.id) {
        return Err(error::OWN_ORDER.into());
    }
    let going_back = going_back_with(&wish, &attempt, &order)?;
    let waits = needs_second(wish.cause, going_back, app.refund_limit);
    let refund = asked(app, by, &order, wish, waits);
    refunds::insert(conn, &refund).await?;
    attempts::note_going_back(conn, attempt.id, going_back).await?;
    move_order(conn, app, (&order, &attempt, &refund), StepCause::RefundAsked, Some(by)).await?;
    if waits {
        tell_officials(conn, app, OfficialsNotice::refund_asked(&order, &refund)).await?;
    }
    send_if_due(conn, app, &refund).await?;
    Ok(refund)
}

/// What of the attempt's money would be on its way back then.
fn going_back_with(wish: &Wish, attempt: &Attempt, order: &Order) -> Result<Vnd, Problem> {
    if !wish.cause.fits(attempt.status, order.dossier_end) {
        return Err(error::REFUND_CAUSE.into());
    }
    let left = attempt.amount.checked_sub(attempt.going_back).unwrap_or(Vnd::ZERO);
    if wish.available != left {
        return Err(error::REFUND_CHANGED.into());
    }
    let going_back = attempt.going_back.checked_add(wish.amount).filter(|all| *all <= attempt.amount);
    Ok(going_back.ok_or(error::REFUND_TOO_MUCH)?)
}

fn asked(app: &App, by: &Caller, order: &Order, wish: Wish, waits: bool) -> Refund {
    let now = app.now();
    Refund {
        id: app.life.new_id(),
        order_id: order.id,
        attempt_id: wish.attempt,
        agency: order.agency.clone(),
        cause: wish.cause,
        amount: wish.amount,
        way: wish.way,
        state: if waits { RefundState::Asked } else { RefundState::Approved },
        reason: wish.reason,
        asked_by: by.id,
        asked_by_name: by.name.clone(),
        asked_at: now,
        decided_by: None,
        decided_by_name: None,
        provider_reference: None,
        proof: None,
        failure: None,
        sent_at: None,
        done_at: None,
        state_since: now,
        version: 1,
    }
}

/// Has a refund sent that is approved and goes back the way it came.
pub async fn send_if_due(conn: &mut AsyncPgConnection, app: &App, refund: &Refund) -> Result<(), pg::Error> {
    if refund.state == RefundState::Approved && refund.way == RefundWay::Provider {
        queue::enqueue(conn, &app.life, &SendRefund { refund_id: refund.id }, app.now()).await?;
    }
    Ok(())
}
