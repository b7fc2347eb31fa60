//! A dossier's fee was paid, as a payments of before tells it: [`super::order_moved`] says the same and more.

use civic::events::{OrderState, PaymentSettled};
use diesel_async::AsyncPgConnection;
use queue::Received;

use crate::{app::App, changes::settle::settle, domain::actions::pay::OrderReport};

/// Notes the payment.
pub async fn handle(app: &App, conn: &mut AsyncPgConnection, event: Received<PaymentSettled>) -> anyhow::Result<()> {
    let PaymentSettled { order_id, dossier_id, amount, paid_at, .. } = event.data;
    let (state, paid_at) = (OrderState::Paid, Some(paid_at));
    settle(app, conn, dossier_id, OrderReport { order_id, total: amount, state, version: None, paid_at }).await
}
