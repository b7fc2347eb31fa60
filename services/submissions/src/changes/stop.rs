//! An official stops the work on a dossier: the agency's time stands still.

use diesel_async::AsyncPgConnection;
use edge::{IfMatch, Official, Problem};
use uuid::Uuid;

use super::{Cause, duties::Stops, found, record};
use crate::{
    app::App,
    domain::dossier::Dossier,
    store::{dossiers::Reader, history::Remarks},
};

/// Stops the dossier `id` of an agency where the official decides; gives it as it is then.
pub async fn stop(
    app: &App,
    conn: &mut AsyncPgConnection,
    id: Uuid,
    official: &Official<Stops>,
    version: Option<&IfMatch>,
    reason: &str,
) -> Result<Dossier, Problem> {
    let dossier = found(conn, id, &Reader::Agencies(official.agencies()), version).await?;
    let pinned = app.procedure(conn, dossier.procedure_version).await?;
    let change = dossier.stop(&pinned.procedure, reason, app.life.clock.now(), &app.calendars.of(&dossier.agency))?;
    let cause = Cause {
        actor: Some(&official.caller),
        action: "dossier.stopped",
        remarks: Remarks { note: None, reason: Some(reason) },
    };
    record(app, conn, &dossier, &change, cause).await?;
    Ok(change.dossier)
}
