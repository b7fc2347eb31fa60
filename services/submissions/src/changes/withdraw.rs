//! An applicant takes a dossier back: it ends.

use diesel_async::AsyncPgConnection;
use edge::{Applicant, IfMatch, Problem};
use uuid::Uuid;

use super::{Cause, found, record};
use crate::{
    app::App,
    domain::dossier::Dossier,
    store::{dossiers::Reader, history::Remarks},
};

/// Takes the applicant's dossier `id` back; gives it as it is then.
pub async fn withdraw(
    app: &App,
    conn: &mut AsyncPgConnection,
    id: Uuid,
    applicant: &Applicant,
    version: Option<&IfMatch>,
    reason: Option<&str>,
) -> Result<Dossier, Problem> {
    let dossier = found(conn, id, &Reader::Party(applicant.party), version).await?;
    let pinned = app.procedure(conn, dossier.procedure_version).await?;
    let change =
        dossier.withdraw(&pinned.procedure, reason, app.life.clock.now(), &app.calendars.of(&dossier.agency))?;
    let remarks = Remarks { note: None, reason };
    record(
        app,
        conn,
        &dossier,
        &change,
        Cause { actor: Some(&applicant.caller), action: "dossier.withdrawn", remarks },
    )
    .await?;
    Ok(change.dossier)
}
