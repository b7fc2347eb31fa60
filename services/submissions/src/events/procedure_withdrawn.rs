//! `procedure.withdrawn`: nobody begins a dossier of it any more.

use anyhow::Result;
use civic::events::ProcedureWithdrawn;
use diesel_async::AsyncPgConnection;
use queue::Received;

use crate::{app::App, store::procedures};

/// Notes the last version that was offered: what was published since then, or will be, is not meant, in whichever order that is told.
pub async fn handle(_: &App, conn: &mut AsyncPgConnection, event: Received<ProcedureWithdrawn>) -> Result<()> {
    let ProcedureWithdrawn { code, version, .. } = event.data;
    Ok(procedures::withdraw(conn, &code, version).await?)
}
