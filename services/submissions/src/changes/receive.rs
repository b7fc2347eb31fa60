//! An official receives a dossier: the agency's time is counted from now.

use diesel_async::AsyncPgConnection;
use edge::{Official, Problem};
use uuid::Uuid;

use super::{Cause, duties::Receives, record};
use crate::{
    app::App,
    domain::dossier::Dossier,
    error,
    store::dossiers::{self, Reader},
};

/// Receives the dossier `id` of an agency where the official takes in what arrives; gives it as it is then.
pub async fn receive(
    app: &App,
    conn: &mut AsyncPgConnection,
    id: Uuid,
    official: &Official<Receives>,
) -> Result<Dossier, Problem> {
    let reader = Reader::Agencies(official.agencies());
    let dossier = dossiers::lock(conn, id, &reader).await?.ok_or(error::DOSSIER_NOT_FOUND)?;
    let pinned = app.procedure(conn, dossier.procedure_version).await?;
    let change = dossier.receive(&pinned.procedure, official.caller.id, app.life.clock.now(), &app.calendar)?;
    let cause = Cause { actor: Some(&official.caller), action: "dossier.received", note: None };
    record(app, conn, &dossier, &change, cause).await?;
    Ok(change.dossier)
}
