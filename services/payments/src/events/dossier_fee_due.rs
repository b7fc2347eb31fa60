//! A fee is due: its order is opened.

use anyhow::{Result, bail};
use civic::{Vnd, events::DossierFeeDue};
use diesel_async::AsyncPgConnection;
use queue::Received;

use crate::{app::App, store::orders};

/// Opens the order. The same fee told again changes nothing; another fee under the same id is refused.
pub async fn handle(app: &App, conn: &mut AsyncPgConnection, event: Received<DossierFeeDue>) -> Result<()> {
    let fee = event.data;
    if Vnd::sum(fee.lines.iter().map(|line| line.amount)) != Some(fee.total) {
        tracing::error!(order = %fee.order_id, "a fee's lines do not add up to its total");
        bail!("the lines of order {} do not add up to its total", fee.order_id);
    }
    if orders::open(conn, &fee, app.now()).await? {
        return Ok(());
    }
    let known = orders::find(conn, fee.order_id).await?;
    let same = known.is_some_and(|order| {
        (order.dossier_id, order.payer(), order.total()) == (fee.dossier_id, fee.payer, fee.total)
    });
    if !same {
        tracing::error!(order = %fee.order_id, "an order was told again with another dossier, payer or total");
        bail!("order {} is already open for another dossier, payer or total", fee.order_id);
    }
    Ok(())
}
