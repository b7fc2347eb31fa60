//! A dossier's fee was paid: officials may receive it now.

use anyhow::{Context, anyhow};
use civic::events::PaymentSettled;
use diesel_async::AsyncPgConnection;

use super::{Cause, record};
use crate::{app::App, domain::actions::pay::Payment, store::dossiers};

/// Notes the payment, once, and moves the dossier on if it was waiting for it.
pub async fn settle(app: &App, conn: &mut AsyncPgConnection, paid: &PaymentSettled) -> anyhow::Result<()> {
    let dossier = dossiers::lock_any(conn, paid.dossier_id).await?.context("a payment for an unknown dossier")?;
    let pinned = app.procedure(conn, dossier.procedure_version).await.map_err(|why| anyhow!("{why}"))?;
    let payment = Payment { order_id: paid.order_id, amount: paid.amount, paid_at: paid.paid_at };
    let Some(change) = dossier.settle(&pinned.procedure, payment, app.life.clock.now(), &app.calendar)? else {
        return Ok(());
    };
    let cause = Cause { actor: None, action: "dossier.fee_paid", note: None };
    record(app, conn, &dossier, &change, cause).await?;
    Ok(())
}
