//! An official takes a finished dossier up again to correct it: its results, and how they were handed over, are marked as replaced.

use diesel_async::AsyncPgConnection;
use edge::{IfMatch, Official, Problem};
use uuid::Uuid;

use super::{Cause, duties::Corrects, found_to_handle, record};
use crate::{
    app::App,
    domain::{actions::correct::CorrectionTime, dossier::Dossier},
    store::{dossiers::Reader, history::Remarks, results, returns},
};

/// Takes up the dossier `id` of an agency where the official decides; gives it as it is then.
pub async fn correct(
    app: &App,
    conn: &mut AsyncPgConnection,
    id: Uuid,
    official: &Official<Corrects>,
    version: Option<&IfMatch>,
    (reason, time): (&str, CorrectionTime),
) -> Result<Dossier, Problem> {
    let dossier = found_to_handle(conn, id, &Reader::Agencies(official.agencies()), version, &official.caller).await?;
    let pinned = app.procedure(conn, dossier.procedure_version).await?;
    let (by, now) = (official.caller.id, app.life.clock.now());
    let change = dossier.correct(&pinned.procedure, reason, time, by, now, &app.calendars.of(&dossier.agency))?;
    let remarks = Remarks { note: None, reason: Some(reason) };
    let cause = Cause { actor: Some(&official.caller), action: "dossier.corrected", remarks };
    record(app, conn, &dossier, &change, cause).await?;
    let request = i32::try_from(change.dossier.requests.len()).unwrap_or(i32::MAX);
    results::replace(conn, id, request).await?;
    returns::replace(conn, id, request).await?;
    Ok(change.dossier)
}
