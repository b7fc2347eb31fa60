//! A dossier's fee was paid: officials may receive it now.

use anyhow::{Context, anyhow};
use civic::events::PaymentSettled;
use diesel_async::AsyncPgConnection;
use queue::Received;

use crate::{
    app::App,
    store::{
        apply_change::{Deed, apply_change},
        dossiers,
    },
};

/// Notes the payment, once, and moves the dossier on if it was waiting for it.
pub async fn handle(app: &App, conn: &mut AsyncPgConnection, news: Received<PaymentSettled>) -> anyhow::Result<()> {
    let paid = news.data;
    let dossier = dossiers::lock_any(conn, paid.dossier_id).await?.context("a payment for an unknown dossier")?;
    let pinned = app.procedure(conn, dossier.procedure_version).await.map_err(|why| anyhow!("{why}"))?;
    let Some(change) = dossier.settle(&pinned.procedure, paid.order_id, paid.amount, paid.paid_at)? else {
        return Ok(());
    };
    let deed = Deed { actor: None, action: "dossier.fee_paid", note: None };
    apply_change(conn, &app.outbox, &app.life, &change, deed).await?;
    Ok(())
}
