//! An official receives a dossier: the agency's time is counted from now.

use diesel_async::AsyncPgConnection;
use edge::{Caller, IfMatch, Official, Problem};
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
    received(app, conn, dossier, &official.caller).await
}

/// The dossier as the official receives it, in the transaction that holds it.
pub(super) async fn received(
    app: &App,
    conn: &mut AsyncPgConnection,
    dossier: Dossier,
    official: &Caller,
) -> Result<Dossier, Problem> {
    let pinned = app.procedure(conn, dossier.procedure_version).await?;
    let mut change =
        dossier.receive(&pinned.procedure, official.id, app.life.clock.now(), &app.calendars.of(&dossier.agency))?;
    change.dossier = by_load(app, conn, change.dossier, &pinned.procedure).await?;
    let cause = Cause { actor: Some(official), action: "dossier.received", remarks: Remarks::default() };
    record(app, conn, &dossier, &change, cause).await?;
    Ok(change.dossier)
}
