//! An official completes a dossier whose result is issued: the applicant is told and can take it.

use diesel_async::AsyncPgConnection;
use edge::{Official, Problem};
use uuid::Uuid;

use super::{Cause, duties::Completes, record};
use crate::{
    app::App,
    domain::dossier::Dossier,
    error,
    store::{
        dossiers::{self, Reader},
        results,
    },
};

/// Completes the dossier `id` of an agency where the official decides; gives it as it is then.
pub async fn complete(
    app: &App,
    conn: &mut AsyncPgConnection,
    id: Uuid,
    official: &Official<Completes>,
    note: Option<&str>,
) -> Result<Dossier, Problem> {
    let reader = Reader::Agencies(official.agencies());
    let dossier = dossiers::lock(conn, id, &reader).await?.ok_or(error::DOSSIER_NOT_FOUND)?;
    let pinned = app.procedure(conn, dossier.procedure_version).await?;
    let issued = results::of_dossier(conn, dossier.id).await?.len();
    let change = dossier.complete(&pinned.procedure, issued, app.life.clock.now(), &app.calendar)?;
    let cause = Cause { actor: Some(&official.caller), action: "dossier.completed", note };
    record(app, conn, &dossier, &change, cause).await?;
    Ok(change.dossier)
}
