//! An official receives a dossier: the agency's time is counted from now.

use diesel_async::AsyncPgConnection;
use edge::{IfMatch, Official, Problem};
use uuid::Uuid;

use super::{Cause, assignment::by_load, duties::Receives, found_to_handle, record};
use crate::{
    app::App,
    domain::dossier::Dossier,
    store::{dossiers::Reader, history::Remarks},
};

/// Receives the dossier `id` of an agency where the official takes in what arrives; gives it as it is then.
pub async fn receive(
    app: &App,
    conn: &mut AsyncPgConnection,
    id: Uuid,
    official: &Official<Receives>,
    version: Option<&IfMatch>,
) -> Result<Dossier, Problem> {
    let reader = Reader::Agencies(official.agencies());
    let dossier = found_to_handle(conn, id, &reader, version, &official.caller).await?;
    let pinned = app.procedure(conn, dossier.procedure_version).await?;
    let mut change = dossier.receive(
        &pinned.procedure,
        official.caller.id,
        app.life.clock.now(),
        &app.calendars.of(&dossier.agency),
    )?;
    change.dossier = by_load(app, conn, change.dossier, &pinned.procedure).await?;
    let cause = Cause { actor: Some(&official.caller), action: "dossier.received", remarks: Remarks::default() };
    record(app, conn, &dossier, &change, cause).await?;
    Ok(change.dossier)
}
