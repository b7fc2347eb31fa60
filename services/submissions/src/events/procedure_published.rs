//! `procedure.published`: a version of a procedure, of which a copy is kept.

use anyhow::{Context, Result, ensure};
use civic::events::ProcedurePublished;
use diesel_async::AsyncPgConnection;
use procedure::{Form, Procedure};
use queue::Received;

use crate::{
    app::App,
    store::procedures::{self, Version},
};

/// Keeps a copy, unless it is there: dossiers are pinned to it, so it stays as it is. Versions may come in any order.
pub async fn handle(app: &App, conn: &mut AsyncPgConnection, event: Received<ProcedurePublished>) -> Result<()> {
    let ProcedurePublished { code, version, published_at, digest, content } = event.data;
    let digest = hex::decode(digest).context("the digest is not hexadecimal")?;
    if let Some(known) = procedures::lock(conn, &code, version).await? {
        ensure!(known == digest, "version {version} of {code} is kept here and says something else");
        return Ok(());
    }
    let procedure: Procedure = serde_json::from_value(content.clone()).context("what it says cannot be read")?;
    ensure!(procedure.code == code, "version {version} of {code} says that it is {}", procedure.code);
    // Whoever is pinned to it must be able to file.
    Form::compile(&procedure.form).map_err(anyhow::Error::msg)?;
    let copy = Version { id: app.life.new_id(), version, procedure };
    procedures::insert(conn, &copy, &content, &digest, published_at).await?;
    Ok(())
}
