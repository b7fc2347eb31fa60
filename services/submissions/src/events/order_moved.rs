//! How far a dossier's fee is paid.

use civic::events::OrderMoved;
use diesel_async::AsyncPgConnection;
use queue::Received;

use crate::{app::App, changes::settle::settle, domain::actions::pay::OrderReport};

/// Notes where the order stands, by its newest version.
pub async fn handle(app: &App, conn: &mut AsyncPgConnection, event: Received<OrderMoved>) -> anyhow::Result<()> {
    let OrderMoved { order_id, dossier_id, version, state, total, paid_at, .. } = event.data;
    settle(app, conn, dossier_id, OrderReport { order_id, total, state, version: Some(version), paid_at }).await
}
