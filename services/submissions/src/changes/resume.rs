//! An official goes on with a dossier: the working time that was left is counted from now.

use diesel_async::AsyncPgConnection;
use edge::{IfMatch, Official, Problem};
use uuid::Uuid;

use super::{Cause, duties::Resumes, found, record};
use crate::{
    app::App,
    domain::dossier::Dossier,
    store::{dossiers::Reader, history::Remarks},
};

/// Goes on with the dossier `id` of an agency where the official decides; gives it as it is then.
pub async fn resume(
    app: &App,
    conn: &mut AsyncPgConnection,
    id: Uuid,
    official: &Official<Resumes>,
    version: Option<&IfMatch>,
    note: Option<&str>,
) -> Result<Dossier, Problem> {
    let dossier = found(conn, id, &Reader::Agencies(official.agencies()), version).await?;
    let pinned = app.procedure(conn, dossier.procedure_version).await?;
    let change = dossier.resume(&pinned.procedure, app.life.clock.now(), &app.calendars.of(&dossier.agency))?;
    let cause =
        Cause { actor: Some(&official.caller), action: "dossier.resumed", remarks: Remarks { note, reason: None } };
    record(app, conn, &dossier, &change, cause).await?;
    Ok(change.dossier)
}
