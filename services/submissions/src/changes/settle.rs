//! A dossier's order has moved: when its fee is paid, officials may receive it.

use anyhow::{Context, anyhow};
use diesel_async::AsyncPgConnection;
use uuid::Uuid;

use super::{Cause, record};
use crate::{
    app::App,
    domain::actions::pay::OrderReport,
    store::{dossiers, history::Remarks},
};

/// Notes what payments tells of an order, unless something newer is known, and moves the dossier on if it was waiting for it.
pub async fn settle(app: &App, conn: &mut AsyncPgConnection, dossier: Uuid, order: OrderReport) -> anyhow::Result<()> {
    let dossier = dossiers::lock_any(conn, dossier).await?.context("an order of an unknown dossier")?;
    let pinned = app.procedure(conn, dossier.procedure_version).await.map_err(|why| anyhow!("{why}"))?;
    let change = dossier.settle(&pinned.procedure, order, app.life.clock.now(), &app.calendars.of(&dossier.agency))?;
    let Some(change) = change else { return Ok(()) };
    let action = if change.event.is_some() { "dossier.fee_paid" } else { "dossier.charge_moved" };
    record(app, conn, &dossier, &change, Cause { actor: None, action, remarks: Remarks::default() }).await
}
