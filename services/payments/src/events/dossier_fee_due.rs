//! A fee is due: its order is opened.

use anyhow::Result;
use civic::events::DossierFeeDue;
use diesel_async::AsyncPgConnection;
use queue::Received;

use crate::{app::App, changes::open_order};

/// Opens the order.
pub async fn handle(app: &App, conn: &mut AsyncPgConnection, event: Received<DossierFeeDue>) -> Result<()> {
    open_order::open(conn, app, event.data.into()).await
}
