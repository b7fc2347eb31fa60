//! An official refuses to receive a dossier: it ends, and its applicant reads why.

use diesel_async::AsyncPgConnection;
use edge::{IfMatch, Official, Problem};
use uuid::Uuid;

use super::{Cause, duties::Refuses, found_to_handle, record};
use crate::{
    app::App,
    domain::dossier::Dossier,
    store::{dossiers::Reader, history::Remarks},
};

/// Refuses the dossier `id` of an agency where the official takes in what arrives; gives it as it is then.
pub async fn refuse(
    app: &App,
    conn: &mut AsyncPgConnection,
    id: Uuid,
    official: &Official<Refuses>,
    version: Option<&IfMatch>,
    reason: &str,
) -> Result<Dossier, Problem> {
    let dossier = found_to_handle(conn, id, &Reader::Agencies(official.agencies()), version, &official.caller).await?;
    let pinned = app.procedure(conn, dossier.procedure_version).await?;
    let change = dossier.refuse(&pinned.procedure, reason, app.life.clock.now(), &app.calendars.of(&dossier.agency))?;
    let cause = Cause {
        actor: Some(&official.caller),
        action: "dossier.refused",
        remarks: Remarks { note: None, reason: Some(reason) },
    };
    record(app, conn, &dossier, &change, cause).await?;
    Ok(change.dossier)
}
