//! An official completes a dossier whose result is issued: the applicant is told and can take it.

use diesel_async::AsyncPgConnection;
use edge::{IfMatch, Official, Problem};
use uuid::Uuid;

use super::{Cause, duties::Completes, found, record};
use crate::{
    app::App,
    domain::dossier::Dossier,
    store::{dossiers::Reader, history::Remarks, results},
};

/// Completes the dossier `id` of an agency where the official decides; gives it as it is then.
pub async fn complete(
    app: &App,
    conn: &mut AsyncPgConnection,
    id: Uuid,
    official: &Official<Completes>,
    version: Option<&IfMatch>,
    note: Option<&str>,
) -> Result<Dossier, Problem> {
    let reader = Reader::Agencies(official.agencies());
    let dossier = found(conn, id, &reader, version).await?;
    let pinned = app.procedure(conn, dossier.procedure_version).await?;
    let issued = results::standing(&results::of_dossier(conn, dossier.id).await?);
    let change = dossier.complete(&pinned.procedure, issued, app.life.clock.now(), &app.calendar)?;
    let cause =
        Cause { actor: Some(&official.caller), action: "dossier.completed", remarks: Remarks { note, reason: None } };
    record(app, conn, &dossier, &change, cause).await?;
    Ok(change.dossier)
}
