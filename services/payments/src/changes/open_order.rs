//! An order is opened for a charge of a dossier.

use anyhow::{Result, bail, ensure};
use chrono::{DateTime, Utc};
use civic::Vnd;
use diesel_async::AsyncPgConnection;

use super::{take_credit, tell_order::tell_order};
use crate::{
    app::App,
    domain::{charge::Charge, history::StepCause, order::OrderState},
    store::{
        history::{self, Entry},
        orders::{self, Order},
    },
};

/// Opens the order of a charge. The same charge told again changes nothing; another one under the same id is refused.
///
/// # Errors
/// When the lines do not make the total, or the order is open for another dossier, payer or total.
pub async fn open(conn: &mut AsyncPgConnection, app: &App, charge: Charge) -> Result<()> {
    if !charge.adds_up() {
        tracing::error!(order = %charge.order_id, "a fee's lines do not add up to its total");
        bail!("the lines of order {} do not add up to its total", charge.order_id);
    }
    let order = order_of(&charge, app.now());
    if !orders::insert(conn, &order, charge.lines).await? {
        return refuse_another(conn, &order).await;
    }
    let opened = Entry {
        order_id: order.id,
        version: order.version,
        at: order.created_at,
        cause: StepCause::Opened,
        order_from: None,
        order_to: order.status,
        attempt_id: None,
        attempt_from: None,
        attempt_to: None,
        refund_id: None,
    };
    history::write(conn, &opened).await?;
    tell_order(conn, app, order.id).await?;
    // Money may have come by the dossier's code before its order.
    Ok(take_credit::take_waiting(conn, app, &order).await?)
}

fn order_of(charge: &Charge, now: DateTime<Utc>) -> Order {
    Order {
        id: charge.order_id,
        dossier_id: charge.dossier_id,
        code: charge.code.clone(),
        agency: charge.agency.clone(),
        payer_kind: charge.payer.kind,
        payer_id: charge.payer.id,
        total: charge.total,
        waived: Vnd::ZERO,
        paid: Vnd::ZERO,
        refunded: Vnd::ZERO,
        status: OrderState::Due,
        state_since: now,
        version: 1,
        due_at: charge.due_at,
        created_at: now,
        paid_at: None,
        dossier_end: None,
        reversals: 0,
    }
}

async fn refuse_another(conn: &mut AsyncPgConnection, told: &Order) -> Result<()> {
    let known = orders::find(conn, told.id).await?;
    let what = |order: &Order| (order.dossier_id, order.payer(), order.total);
    let same = known.is_some_and(|known| what(&known) == what(told));
    if !same {
        tracing::error!(order = %told.id, "an order was told again with another dossier, payer or total");
    }
    ensure!(same, "order {} is already open for another dossier, payer or total", told.id);
    Ok(())
}
