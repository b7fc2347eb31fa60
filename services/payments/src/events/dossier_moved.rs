//! A dossier stands here now: the orders of what is to be paid for it are opened, or end with it.

use anyhow::Result;
use civic::events::{ChargeState, DossierMoved};
use diesel_async::AsyncPgConnection;
use queue::Received;

use crate::{
    app::App,
    changes::{end_orders, open_order},
    domain::charge::Charge,
};

/// Opens an order for each round that is due and has none yet, then ends them if the dossier has ended.
pub async fn handle(app: &App, conn: &mut AsyncPgConnection, facts: Vec<Received<DossierMoved>>) -> Result<()> {
    for fact in facts {
        let dossier = fact.data;
        for due in dossier.charges.iter().filter(|charge| charge.state == ChargeState::Due) {
            let opened = open_order::open(conn, app, Charge::of(&dossier, due));
            fact.trace.clone().scope(opened).await?;
        }
        fact.trace.clone().scope(end_orders::end(conn, app, &dossier)).await?;
    }
    Ok(())
}
